import { execFileSync } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Source files that a folder may hold, tests and generated files apart. */
const filesMax = 15;

/** Catalogues, in which a file is an entry and its name the entry's id. */
const catalogues =
  /^(mutants|harness\/judge\/checks|harness\/stage\/faults|scenarios\/[a-z]+|reports\/diagnosis\/rules)$/;

test(`a folder holds at most ${filesMax} source files, catalogues excepted`, () => {
  const folders = new Map<string, number>();
  const files = execFileSync("git", ["ls-files", "--", "*.ts", "*.tsx", "*.js"], {
    cwd: root,
    encoding: "utf8",
  });
  for (const file of files.trim().split("\n"))
    if (!/\.(test\.tsx?|generated\.ts)$/.test(file))
      folders.set(dirname(file), (folders.get(dirname(file)) ?? 0) + 1);
  const full = [...folders].filter(([folder, count]) => count > filesMax && !catalogues.test(folder));
  expect(full).toEqual([]);
});
