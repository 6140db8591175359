import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const project = fileURLToPath(new URL("..", import.meta.url));
const folders = readdirSync(project, { withFileTypes: true }).filter(
  (entry) => entry.isDirectory() && !/^\.|^(node_modules|dist)$/.test(entry.name),
);
const files = folders
  .flatMap(({ name }) =>
    readdirSync(join(project, name), { recursive: true, encoding: "utf8" }).map((file) => `${name}/${file}`),
  )
  .filter((file) => /\.test\.tsx?$/.test(file));
const slow = files.filter((file) => file.endsWith(".slow.test.ts"));

test("at most 15 % of the test files are slow", () => {
  expect(slow).not.toEqual([]);
  expect(slow.length / files.length).toBeLessThanOrEqual(0.15);
});

test("CONTRIBUTING.md lists the slow test files", () => {
  const text = readFileSync(new URL("../CONTRIBUTING.md", import.meta.url), "utf8");
  expect(text.match(/[\w/-]+\.slow\.test\.ts/g)?.toSorted()).toEqual(slow.toSorted());
});
