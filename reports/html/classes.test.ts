import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { renderComparison } from "../comparison/comparison.tsx";
import { comparisonStyle } from "../comparison/style.ts";
import { renderHtml } from "../html.tsx";
import * as samples from "../../testing/records/sample.ts";
import { reportStyle } from "./report-style.ts";
import { style } from "./style.ts";

const { allPass, hostileBaseline, large, withBaseline, withFailures, withInconclusive, withoutBrowser } =
  samples;

const records = [
  ...[allPass(), hostileBaseline(), large(40), withBaseline(), withFailures(), withInconclusive()],
  withoutBrowser(),
];

const classesIn = (rules: string): ReadonlySet<string> =>
  new Set(Array.from(rules.matchAll(/\.([a-z][\w-]*)/gi), ([, name = ""]) => name));

test.each([
  ["the report", records.map((record) => renderHtml(record))],
  ["the comparison", [renderComparison(records.map((record) => ({ name: record.target.name, record })))]],
])("every class in %s has a style rule there", (_page, pages) => {
  const all = pages.join("\n");
  const ruled = classesIn(/<style>(.*?)<\/style>/s.exec(all)?.[1] ?? "");
  const used = Array.from(all.matchAll(/ class="([^"]*)"/g), ([, names = ""]) => names.split(" ")).flat();
  expect([...new Set(used)].filter((name) => !ruled.has(name))).toEqual([]);
});

/** Names in a component's `class` attributes, also those that no sample record shows. */
function namesIn(source: string): string[] {
  const attributes = source.matchAll(/\bclass=(?:"([^"]*)"|\{((?:[^{}]|\{[^{}]*\})*)\})/g);
  return Array.from(attributes, ([, plain, code = ""]) => {
    const literals = code.replaceAll(/\$\{[^{}]*\}|[!=]== "[^"]*"/g, "").matchAll(/[`"]([^`"]*)[`"]/g);
    return (plain ?? Array.from(literals, ([, text = ""]) => text).join(" ")).split(/\s+/);
  })
    .flat()
    .filter((name) => name !== "");
}

test("every class in the source of a page has a style rule", () => {
  const folder = new URL("..", import.meta.url);
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".tsx"))
    .map((file) => readFileSync(new URL(file, folder), "utf8"));
  const ruled = classesIn(style + reportStyle + comparisonStyle);
  const used = new Set(sources.flatMap(namesIn));
  expect(used).toContain("beside");
  expect([...used].filter((name) => !ruled.has(name))).toEqual([]);
});
