import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { cyclesIn, findImportCycles } from "./import-cycles.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

test("no source file imports itself through others, type-only imports included", async () => {
  const files = execFileSync("git", ["ls-files", "--", "*.ts", "*.tsx"], { cwd: root, encoding: "utf8" })
    .trim()
    .split("\n");
  expect(await findImportCycles(root, files)).toEqual([]);
});

test("a cycle is returned with the files along it", () => {
  const imports = new Map([
    ["a", ["b"]],
    ["b", ["c", "d"]],
    ["c", ["b"]],
    ["d", []],
  ]);
  expect(cyclesIn(imports)).toEqual([["b", "c", "b"]]);
});
