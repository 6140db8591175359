import { readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { cyclesIn, findImportCycles } from "./import-cycles.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

test.each(["reference-server", "mutants", "simulation", "tools"])(
  "%s has no import cycle, type-only imports included",
  async (room) => {
    const names = await readdir(new URL(`../${room}`, import.meta.url), { recursive: true });
    const files = names.filter((name) => /\.tsx?$/.test(name)).map((name) => `${room}/${name}`);
    expect(await findImportCycles(root, files)).toEqual([]);
  },
);

test("a cycle is returned with the files along it", () => {
  const imports = new Map([
    ["a", ["b"]],
    ["b", ["c", "d"]],
    ["c", ["b"]],
    ["d", []],
  ]);
  expect(cyclesIn(imports)).toEqual([["b", "c", "b"]]);
});
