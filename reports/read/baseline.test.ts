import { expect, test } from "vitest";
import { baselineResult } from "./baseline.ts";
import { someBaseline } from "../../testing/records/grid.ts";

const { worse, known, obsolete } = someBaseline;
const words = (changes: Partial<typeof someBaseline>) =>
  baselineResult({ exitCode: 0, baseline: { ...someBaseline, worse: [], obsolete: [], ...changes } });

test("a run beside its baseline is told in a few words", () => {
  expect(baselineResult({ exitCode: 0 })).toBeNull();
  expect(words({ known })).toEqual({ kind: "pass", words: "nothing worse than the baseline" });
  expect(baselineResult({ exitCode: 3, baseline: { ...someBaseline, worse: [], obsolete: [] } })).toEqual({
    kind: "inconclusive",
    words: "nothing worse than the baseline, evidence incomplete",
  });
  expect(words({ warnings: ["one"] })).toEqual({
    kind: "pass",
    words: "nothing worse than the baseline, 1 warning",
  });
  expect(words({ worse })).toEqual({ kind: "fail", words: "1 failure beyond the baseline" });
  expect(words({ obsolete })).toEqual({
    kind: "fail",
    words: "nothing worse than the baseline, but 1 of its entries no longer holds",
  });
  expect(words({ worse: [...worse, ...worse], obsolete: [...obsolete, ...obsolete] })).toEqual({
    kind: "fail",
    words: "2 failures beyond the baseline, and 2 of its entries no longer hold",
  });
});
