import { describe, expect, it } from "vitest";
import { defaultComponents } from "../reference-server/components.ts";
import { serve } from "../reference-server/testing/servers.ts";
import { StompClient } from "../reference-server/testing/stomp-client.ts";
import { mutants } from "./index.ts";

describe("mutants", () => {
  it("keep their names", () => {
    expect(mutants.map(({ name }) => name)).toMatchSnapshot();
  });

  it.each(mutants)("$name declares its defect and the requirements that fail", (mutant) => {
    const { name, description, breaks, alsoBreaks } = mutant;
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(description).toMatch(/^[^\n]{1,120}\.$/);
    expect(breaks).not.toEqual([]);
    for (const ids of [breaks, alsoBreaks]) expect(new Set(ids).size).toBe(ids.length);
    for (const id of [...breaks, ...alsoBreaks]) expect(id).toMatch(/^[A-Z]+(-[A-Z]+)*$/);
  });

  it.each(mutants)("$name replaces components and still accepts clients", async (mutant) => {
    const replaced = mutant.mutate(defaultComponents);
    expect(Object.keys(replaced)).not.toEqual([]);
    expect(Object.keys(defaultComponents)).toEqual(expect.arrayContaining(Object.keys(replaced)));
    const client = await StompClient.open(await serve(mutant.options, replaced), { sessionId: "abcd1234" });
    expect((await client.connect()).headers["version"]).toBe("1.2");
  });
});
