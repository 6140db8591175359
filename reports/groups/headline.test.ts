import { expect, test } from "vitest";
import { fail, pass } from "../../harness/judge/verdict.ts";
import { caseOf, checkOf, recordOf } from "../../testing/records/build.ts";
import { everydayRows } from "../everyday/table.ts";
import { headlineOf } from "./headline.ts";

const headline = (record: ReturnType<typeof recordOf>) => headlineOf(record, everydayRows(record));

test("a run in which everyday endings pass and others fail says so in its first sentence", () => {
  const record = recordOf([
    caseOf("leave/rst", "t", [checkOf("LEAVE-ON-LOST-CONNECTION", "heard-by-all(alice)", pass([0]))]),
    caseOf("connect/x", "t", [checkOf("CONNECT-ANSWERED", "answered", fail("an answer", "no answer came"))]),
  ]);
  expect(headline(record)).toMatch(/ But 1 case fails: No answer came/);
});

test("a run without failures has no second half", () => {
  const record = recordOf([caseOf("connect/x", "t", [checkOf("CONNECT-ANSWERED", "answered", pass([0]))])]);
  expect(headline(record)).not.toContain("But");
});
