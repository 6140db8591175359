import { describe, expect, test } from "vitest";
import { renderComparison } from "./comparison.tsx";
import { comparedRequirements, targetsOf } from "./target.ts";
import {
  allPass,
  hostile,
  hostileBaseline,
  large,
  withFailures,
  withInconclusive,
} from "../../testing/records/sample.ts";

const textOf = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>/s, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");

const three = [
  { name: "ours", record: allPass() },
  { name: "chat", record: withFailures() },
  { name: "chat", record: withInconclusive() },
];

test("targets of one name are numbered, others are not", () => {
  expect(targetsOf(three).map(({ name, number }) => `${name} ${String(number)}`)).toEqual([
    "ours null",
    "chat 1",
    "chat 2",
  ]);
});

test("what any target fails comes first, then what any left open", () => {
  const ids = comparedRequirements(targetsOf(three)).map(({ requirement }) => requirement.id);
  expect(ids.slice(0, 4)).toEqual([
    "LEAVE-SILENCE-WINDOW",
    "ONCE-PER-SESSION",
    "LINGER-ENDS",
    "NO-FALSE-LEAVE",
  ]);
});

describe("a reader finds", () => {
  const html = renderComparison(three);
  const text = textOf(html);

  test("each target's outcome first", () => {
    expect(text).toMatch(
      /3 targets compared.*✓ conformant.*ours.*✗ not conformant.*chat \(1\).*\? evidence incomplete/,
    );
  });

  test("a verdict for each target, and where a run did not ask, that", () => {
    const row = textOf(/<tr><th scope="row"><code dir="auto">LINGER-ENDS.*?<\/tr>/s.exec(html)?.[0] ?? "");
    expect(row).toMatch(/not asked ✗ failed in 1 case waived not asked/);
  });

  test("what was expected and seen behind each failure", () => {
    const link = 'href="#target:2:requirement:ONCE-PER-SESSION"';
    expect(html).toContain(link);
    const section = /<section class="case fail" id="target:2:requirement:ONCE-PER-SESSION">.*?<\/section>/s;
    expect(textOf(section.exec(html)?.[0] ?? "")).toMatch(
      /leave\/fin .*Expected bob hears of alice's leave exactly once .*Seen bob heard of it twice/,
    );
  });

  test("three cases told, twenty named, and how many more there are", () => {
    const many = textOf(renderComparison([{ name: "many", record: large(400) }]));
    expect(many).toMatch(/and 37 more cases .*\[round=33\].* and 17 more/);
    expect(many).not.toContain("[round=353]");
  });
});

test("every anchor is there once, and every link leads somewhere", () => {
  for (const records of [
    three,
    [
      { name: "x", record: hostile() },
      { name: "x", record: hostileBaseline() },
    ],
  ]) {
    const html = renderComparison(records);
    const ids = Array.from(html.matchAll(/ id="([^"]*)"/g), ([, id = ""]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = Array.from(html.matchAll(/ href="#([^"]*)"/g), ([, id = ""]) => id);
    expect(links.length).toBeGreaterThan(2);
    for (const id of links) expect(ids).toContain(id);
  }
});

test("nothing runs, and a page of nothing is a page", () => {
  expect(renderComparison(three)).not.toContain("<script");
  expect(textOf(renderComparison([]))).toContain("No run asked anything.");
});
