import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { lists, renderList } from "./lists.ts";

test.each(lists)("$output lists the files of its folder", async (list) => {
  const current = await readFile(new URL(`../${list.output}`, import.meta.url), "utf8");
  expect(current === (await renderList(list)), `${list.output} is stale: run "npm run lists"`).toBe(true);
});
