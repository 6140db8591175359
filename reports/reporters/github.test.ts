import fc from "fast-check";
import { expect, test } from "vitest";
import { github } from "./github.ts";
import {
  allPass,
  hostile,
  large,
  largeAndVarious,
  withFailures,
  withInconclusive,
} from "../../testing/records/sample.ts";
import { anyRecord } from "../../testing/records/arbitrary.ts";

const lines = (text: string) => text.split("\n").slice(0, -1);

test("failures are errors, what is open is a warning, what passes says nothing", () => {
  const [first] = lines(github.render(withFailures()));
  expect(first).toMatch(
    /^::error title=Bob heard of it twice.*::ONCE-PER-SESSION \(MUST.*example leave\/fin$/,
  );
  expect(github.render(withInconclusive())).toMatch(
    /^::warning title=1 case not judged::.*example silence\/process-stopped/,
  );
  expect(github.render(allPass())).toBe("");
});

test("an obsolete entry of the baseline is an error", () => {
  const obsolete = [
    { requirement: "LEAVE-DISCONNECT", cases: "leave/*", kind: "passes" as const, words: "it passes now" },
  ];
  const record = { ...allPass(), baseline: { file: "known.json", worse: [], known: [], obsolete } };
  expect(github.render(record)).toBe(
    "::error title=known.json%3A LEAVE-DISCONNECT in leave/*::it passes now\n",
  );
});

test("a run that is red of which no case is says why", () => {
  const text = github.render({ ...allPass(), exitCode: 3, outcome: "incomplete" });
  expect(text).toMatch(/^::warning title=the run as a whole::.*incomplete/);
});

test("GitHub shows ten of a kind: the tenth says how many more there are", () => {
  const annotations = lines(github.render(largeAndVarious(1000)));
  expect(annotations).toHaveLength(10);
  expect(annotations.at(-1)).toMatch(/^::error title=and 91 more findings::/);
});

test("cases that fail in the same way are one annotation", () => {
  expect(lines(github.render(large(1000)))).toEqual([
    expect.stringMatching(/^::error title=Bob heard.*100 cases.*also in .* and 96 more$/),
  ]);
});

test("whatever a record holds, each line is one command, with nothing in it that ends it early", () => {
  const check = (text: string) => {
    for (const line of lines(text)) expect(line).toMatch(/^::(error|warning) title=[^:,]*::\P{Cc}*$/u);
  };
  fc.assert(
    fc.property(anyRecord, (record) => {
      check(github.render(record));
    }),
    { numRuns: 40 },
  );
  check(github.render(hostile()));
});
