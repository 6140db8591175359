import { describe, expect, test } from "vitest";
import { casesOf } from "../../harness/scenario/scenario.ts";
import { scenarios } from "../../scenarios/index.ts";
import { quickIds } from "../../scenarios/tiers.ts";
import { UsageError } from "../exit.ts";
import { selectCases, type Selection } from "./select-cases.ts";

const all = scenarios.flatMap(casesOf).map(({ id }) => id);
const selected = (selection: Selection) => selectCases(selection).map(({ id }) => id);

describe("tiers", () => {
  test("full is every case, and so is what nobody chose", () => {
    expect(selected({})).toEqual(all);
    expect(selected({ tier: "full" })).toEqual(all);
  });

  test("soak repeats every case", () => {
    expect(selected({ tier: "soak" })).toEqual(all);
  });

  test("quick is what the quick tier says", () => {
    expect(new Set(selected({ tier: "quick" }))).toEqual(quickIds(scenarios));
    expect(selected({ tier: "quick" }).length).toBeLessThan(all.length);
  });
});

describe("a requirement", () => {
  test("selects the cases that judge it, not others of their scenarios", () => {
    const asking = selectCases({ requirement: "RELOAD-KEEPS-NEW-SESSION" });
    expect(asking.length).toBeGreaterThan(0);
    for (const { id, checks } of asking)
      expect(Object.keys(checks), id).toContain("RELOAD-KEEPS-NEW-SESSION");
    const others = scenarios.flatMap(casesOf).filter(({ checks }) => !("RELOAD-KEEPS-NEW-SESSION" in checks));
    expect(asking.length + others.length).toBe(all.length);
  });

  test("goes with a pattern and a tier", () => {
    const both = selected({ requirement: "LEAVE-ON-LOST-CONNECTION", grep: "^LEAVE/fin", tier: "quick" });
    expect(both.length).toBeGreaterThan(0);
    for (const id of both) expect(id).toMatch(/^leave\/fin/);
  });
});

test.each<[Selection, string]>([
  [{ grep: "no such case" }, '--grep "no such case" matches no case'],
  [{ grep: "no such case", tier: "quick" }, '--grep "no such case" with --tier quick matches no case'],
  [{ grep: "no such case", tier: "soak" }, '--grep "no such case" with --tier soak matches no case'],
  [
    { grep: "^browser/", requirement: "DISCONNECT-RECEIPT", tier: "full" },
    '--grep "^browser/" with --requirement DISCONNECT-RECEIPT with --tier full matches no case',
  ],
  [{ grep: "(" }, "--grep: Invalid regular expression"],
  [{ requirement: "NO-SUCH" }, 'there is no requirement "NO-SUCH"'],
  [{ requirement: "ORIGIN-REFUSED" }, "no scenario judges it yet. No profile says which origins"],
])("%j is a usage error that names what matched nothing", (selection, named) => {
  expect(() => selectCases(selection)).toThrow(UsageError);
  expect(() => selectCases(selection)).toThrow(named);
});
