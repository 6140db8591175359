import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const pages = execFileSync("git", ["ls-files", "--", "*.md", ":!CHANGELOG.md"], {
  cwd: root,
  encoding: "utf8",
});

/** Paths in backticks that start with a folder of the repository. Placeholders such as `<name>` are left out. */
const pathsIn = (page: string): string[] =>
  [...readFileSync(`${root}/${page}`, "utf8").matchAll(/`([a-z-]+\/[\w./-]*)`/g)]
    .flatMap(([, path]) => path ?? [])
    .filter((path) => existsSync(`${root}/${path.split("/")[0] ?? ""}`));

test.each(pages.trim().split("\n"))("every path that %s names exists", (page) => {
  expect(pathsIn(page).filter((path) => !existsSync(`${root}/${path}`))).toEqual([]);
});
