import { describe, expect, it } from "vitest";
import { describedOptions } from "./option-table.ts";
import { defaultOptions } from "./options.ts";
import { resolveOptions } from "./resolve-options.ts";

describe("resolveOptions", () => {
  it("fills in the defaults", () => {
    expect(resolveOptions({})).toEqual(defaultOptions);
    expect(resolveOptions({ port: 8080, policy: "person" })).toMatchObject({
      port: 8080,
      policy: "person",
      lingerMs: 1000,
    });
  });

  it("names the option and the range of what is out of it", () => {
    expect(() => resolveOptions({ port: 65_536 })).toThrow(
      "port must be a number from 0 to 65535, not 65536",
    );
    expect(() => resolveOptions({ silenceFactor: 0.5 })).toThrow(
      "silenceFactor must be a number from 1 to 100, not 0.5",
    );
    expect(() => resolveOptions({ maxHeaders: NaN })).toThrow(
      "maxHeaders must be a number from 1 to 10000, not NaN",
    );
    expect(() => resolveOptions({ policy: "room" as "person" })).toThrow(
      "policy must be one of session, person, not room",
    );
    expect(() => resolveOptions({ reconcile: "loud" as "silent" })).toThrow(
      "reconcile must be one of announce, silent",
    );
  });

  it("takes both ends of every range", () => {
    for (const option of describedOptions) {
      if (option.kind !== "number") continue;
      for (const value of [option.min, option.max]) {
        expect(resolveOptions({ [option.name]: value })).toMatchObject({ [option.name]: value });
      }
    }
  });
});

describe("the table", () => {
  it("describes every option that isn't a function, once", () => {
    const plain = Object.entries(defaultOptions).filter(
      ([name, value]) => name !== "interceptors" && typeof value !== "function",
    );
    expect(describedOptions.map(({ name }) => name).sort()).toEqual(plain.map(([name]) => name).sort());
    expect(new Set(describedOptions.map(({ flag }) => flag)).size).toBe(describedOptions.length);
  });
});
