import * as prettier from "prettier";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { renderKillMatrix } from "./kill-matrix.tsx";
import { killMatrixSchema } from "./record.ts";
import { allKilled, hostileMatrix, largeMatrix, withTrouble } from "../../testing/records/kill-matrix.ts";
import { renderMutants } from "./summary.ts";

/** What a string could only do if it came through unescaped, unnamed or uncut. */
const unsafe =
  /[\p{Cs}\p{Zl}\p{Zp}\0-\x08\x0B-\x1F\x7F-\x9F\u061C\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u;

/** Every tag that the page is made of; none of them loads or runs anything. */
const tags = new Set(
  (
    "!doctype html head meta title link style body header nav main section article p ul li dl div dt dd a b bdi br " +
    "code small span h1 h2 h3 details summary table thead tbody tfoot tr th td"
  ).split(" "),
);

const withoutStyle = (html: string): string => html.replace(/<style>.*?<\/style>/s, "");

/** The text between tags, entities read. */
const textOf = (html: string): string =>
  withoutStyle(html)
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");

const attributesOf = (html: string): (readonly [string, string])[] =>
  Array.from(withoutStyle(html).matchAll(/<[^>]*>/g), ([tag]) => tag).flatMap((tag) =>
    Array.from(tag.matchAll(/\s([\w-]+)="([^"]*)"/g), ([, name = "", value = ""]) => [name, value] as const),
  );

const samples = [
  ["all killed", allKilled()],
  ["trouble", withTrouble()],
  ["hostile", hostileMatrix()],
  ["large", largeMatrix(60)],
] as const;

test("the JSON Schema in the repository is the schema; to renew it: npx vitest run reports/kill-matrix/kill-matrix.test.ts -u", async () => {
  const schema = JSON.stringify(z.toJSONSchema(killMatrixSchema, { target: "draft-2020-12" }));
  const text = await prettier.format(schema, { parser: "json", printWidth: 110 });
  await expect(text).toMatchFileSnapshot("kill-matrix.schema.json");
});

test.each(samples)("what was written is read as it was: %s", (_, matrix) => {
  expect(killMatrixSchema.parse(JSON.parse(JSON.stringify(matrix)))).toEqual(matrix);
});

describe.each(samples)("the page, %s,", (_, matrix) => {
  const html = renderKillMatrix(matrix);

  test("is made of our own tags, and no invisible character is in it", () => {
    const made = Array.from(html.matchAll(/<\/?([^\s>]*)/g), ([, tag = ""]) => tag.replace(/\/$/, ""));
    expect(made.filter((tag) => !tags.has(tag))).toEqual([]);
    expect(unsafe.exec(html)).toBeNull();
  });

  test("runs and loads nothing", () => {
    const names = attributesOf(html).map(([name]) => name);
    expect(names.filter((name) => name.startsWith("on") || name === "style" || name === "src")).toEqual([]);
    const addresses = attributesOf(html).flatMap(([name, value]) => (name === "href" ? [value] : []));
    expect(addresses.filter((address) => !address.startsWith("#"))).toEqual(["data:,"]);
  });

  test("has every id once, and every link leads to one", () => {
    const ids = attributesOf(html).flatMap(([name, value]) => (name === "id" ? [value] : []));
    expect(new Set(ids).size).toBe(ids.length);
    for (const [name, value] of attributesOf(html))
      if (name === "href" && value.startsWith("#")) expect(ids).toContain(value.slice(1));
  });
});

/** The rows of the matrix: the text of each cell, the mutant's name first. */
function rowsOf(html: string): string[][] {
  const [table = ""] = /<div class="matrix".*?<\/table>/s.exec(html) ?? [];
  return Array.from(table.matchAll(/<tr>.*?<\/tr>/gs), ([row]) =>
    Array.from(row.matchAll(/<t[hd][^>]*?(?:\/>|>(.*?)<\/t[hd]>)/gs), ([, cell = ""]) => textOf(cell).trim()),
  );
}

describe("a reader finds", () => {
  test("what it comes to first, in the words of the terminal", () => {
    const matrix = withTrouble();
    const sentence =
      "2 of 6 mutants killed for their reason, 1 killed for another reason, 1 survived, 1 undecided, 1 not run, " +
      "1 with unexpected failures, in 6 min 3 s";
    for (const text of [textOf(renderKillMatrix(matrix)), renderMutants(matrix)]) {
      expect(text).toContain("3 mutants not killed for their reason");
      expect(text).toContain(sentence);
      expect(text).toContain("passed 61 of 66 cases, 1 failed, 1 inconclusive, 3 not applicable");
    }
  });

  test("in each cell what became of the mutant, and below each column how many it killed", () => {
    const [header, ...rows] = rowsOf(renderKillMatrix(withTrouble()));
    expect(header).toEqual([
      "mutant",
      "LEAVE-NOT-TWICEno-leave-twice",
      "NO-FALSE-LEAVEno-false-leave",
      "LEAVE-IN-TIMEleft-inside-window",
      "LEAVE-ON-CLOSEheard-by-all",
      "GONE-STAYS-GONEstays-gone",
    ]);
    expect(rows).toEqual([
      ["✓ announces-leave-twice", "●", "·", "", "", ""],
      ["✓ announces-leave-late", "", "·", "●", "○", ""],
      ["✗ leaks-mappings", "", "·", "", "", ""],
      ["✗ closes-neighbour", "", "·", "", "", "!"],
      ["? misses-closed-tabs", "", "·", "", "", ""],
      ["mutants killed", "1", "0", "1", "1", "0"],
    ]);
  });

  test("for each kill the case, what was expected and what was seen", () => {
    const html = renderKillMatrix(withTrouble());
    const titles = attributesOf(html).flatMap(([name, value]) => (name === "title" ? [value] : []));
    expect(titles).toContain(
      [
        "LEAVE-NOT-TWICE no-leave-twice: killed, as it is said to break this in 17 cases",
        "leave/fin[transport=websocket,phase=0] and 16 more",
        "expected: carol hears once that alice has left (case 0)",
        "seen: carol heard it twice",
      ].join("\n"),
    );
    const text = textOf(html);
    expect(text).toContain("no-leave-twice in 17 cases");
    // Two are told in full, a dozen named.
    expect(text).toContain("leave/fin[transport=websocket,phase=13] and 3 more");
  });

  test.each([
    ["the page", textOf(renderKillMatrix(withTrouble()))],
    ["the terminal", renderMutants(withTrouble())],
  ])("on %s all that is wrong or idle", (_, text) => {
    for (const words of [
      "leaks-mappings survived: it passes every check of NO-DRIFT",
      "closes-neighbour killed for another reason: not by LEAVE-NOT-TWICE",
      "misses-closed-tabs undecided: browser/tab-closed, heard-by-all(alice): no browser",
      "carol heard it at 1.628 s, too early",
      "GONE-STAYS-GONE: stays-gone in leave/fin[transport=websocket,phase=0] and 1 more",
      "hecks that kill nothing",
      "MUSTs that no mutant breaks",
      "Browser cases were not run: no browser",
    ])
      expect(text.replace(/\s+/g, " ")).toContain(words);
  });

  test("what a mutant is said to break and no check has shown, and failures that prove nothing", () => {
    const text = textOf(renderKillMatrix(withTrouble()));
    expect(text).toContain("announces-leave-late: BACK-WITHIN-GRACE");
    expect(text).toContain("1 failure not counted, the first of LEAVE-NOT-TWICE");
  });

  test("nothing wrong where nothing is", () => {
    const text = textOf(renderKillMatrix(allKilled()));
    expect(text).toContain("Every mutant is killed");
    expect(text).toContain("2 of 2 mutants killed for their reason, in 6 min 3 s");
    expect(text).not.toContain("What is wrong");
    expect(text).not.toContain("Not put to the test");
    expect(renderMutants(allKilled()).split("\n").at(-1)).toBe(
      "✓ Every mutant is killed: 2 of 2 mutants killed for their reason, in 6 min 3 s",
    );
  });
});

test("every number of the page is the record's, whatever it is", () => {
  const matrix = largeMatrix(60);
  const [, ...rows] = rowsOf(renderKillMatrix(matrix));
  const killed = rows.at(-1)?.slice(1).map(Number) ?? [];
  expect(killed.reduce((sum, number) => sum + number, 0)).toBe(60);
  expect(rows.slice(0, -1).flatMap((row) => row.filter((cell) => cell === "●"))).toHaveLength(60);
});

test("an invocation that came to nothing is a page, too", () => {
  const matrix = { ...allKilled(), mutants: [], unbroken: [], interrupted: true, exitCode: 130 };
  expect(textOf(renderKillMatrix(matrix))).toContain("No check judged any mutant.");
  expect(renderMutants(matrix)).toContain("Interrupted");
});

test("a terminal is sent no control character", () => {
  const text = renderMutants(hostileMatrix());
  expect(unsafe.exec(text)).toBeNull();
  expect(text).toContain("globalThis.owned");
});

test("sixty mutants by sixty checks stay a lean page", () => {
  expect(renderKillMatrix(largeMatrix(60)).length).toBeLessThan(500_000);
});
