import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { components } from "../reference-server/components.ts";
import { serve } from "../reference-server/testing/servers.ts";
import { StompClient } from "../reference-server/testing/stomp-client.ts";
import { mutants } from "./index.ts";

/** Files beside the mutants that are none. */
const others = [
  "consequences.ts",
  "index.ts",
  "mutant.ts",
  "mutants.test.ts",
  "rewrite.ts",
  "rewrite-shell.ts",
  "rewrite-transport.ts",
];

describe("mutants", () => {
  it("are all listed, once, each in a file of its name", () => {
    const files = readdirSync(import.meta.dirname).filter((file) => !others.includes(file));
    expect(mutants.map(({ name }) => `${name}.ts`).sort()).toEqual(files.sort());
  });

  it.each(mutants)("$name says what is wrong, what it breaks, and what suffers", (mutant) => {
    const { name, description, breaks, alsoBreaks } = mutant;
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(description).toMatch(/^[^\n]{1,120}\.$/);
    expect(breaks).not.toEqual([]);
    for (const ids of [breaks, alsoBreaks]) expect(new Set(ids).size).toBe(ids.length);
    for (const id of [...breaks, ...alsoBreaks]) expect(id).toMatch(/^[A-Z]+(-[A-Z]+)*$/);
  });

  it.each(mutants)("$name changes some components, and still lets clients in", async (mutant) => {
    const changed = Object.keys(mutant.mutate(components));
    expect(changed).not.toEqual([]);
    expect(Object.keys(components)).toEqual(expect.arrayContaining(changed));
    const client = await StompClient.open(await serve({}, mutant), { sessionId: "abcd1234" });
    expect((await client.connect()).headers["version"]).toBe("1.2");
  });
});
