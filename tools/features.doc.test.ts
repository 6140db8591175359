import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { VerdictKind } from "../harness/judge/verdict.ts";
import { requirements } from "../scenarios/requirements.ts";
import { scenariosOf } from "../scenarios/scenarios-of.ts";
import { featuresOf, parts, shownIn, shownOn, unfounded } from "./features.ts";

const committed = readFileSync(new URL("../docs/FEATURES.md", import.meta.url), "utf8");

test("docs/FEATURES.md is as it was made; to renew it: npx tsx tools/features.ts hangup-report/report.json", () => {
  expect(committed).toBe(featuresOf(shownOn(committed)));
});

test("it names only scenarios that there are and that ask what they are said to show", () => {
  for (const line of committed.split("\n").filter((one) => one.startsWith("- "))) {
    const [id = ""] = /[A-Z-]{4,}/.exec(line) ?? [];
    const named = [...line.matchAll(/`([a-z-]+\/[a-z-]+)`/g)].map(([, scenario]) => scenario);
    expect(scenariosOf(id), id).toEqual(expect.arrayContaining(named));
  }
});

test("each part is shown by requirements of the catalogue, none of them twice", () => {
  const ids = parts.flatMap(({ shownBy }) => shownBy);
  expect(new Set(ids).size).toBe(ids.length);
  expect(requirements.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  for (const { name, shownBy } of parts) expect(shownBy.length, name).toBeGreaterThan(0);
});

describe("what a run shows", () => {
  const id = "IDENTIFY-LAST-WINS";
  const [scenario = ""] = scenariosOf(id);
  const run = (...kinds: readonly VerdictKind[]) => {
    const cases = kinds.map((kind) => ({ scenario, verdicts: [{ requirement: id, kind }] }));
    return shownIn({ cases });
  };

  test("is what passed, wherever it applied", () => {
    expect(run("pass").get(id)).toEqual([scenario]);
    expect(run("pass", "not-applicable").get(id)).toEqual([scenario]);
    expect(run("not-applicable").get(id)).toEqual([]);
    expect(run("pass", "fail").get(id)).toEqual([]);
    expect(run("pass", "inconclusive").get(id)).toEqual([]);
    expect(run().get(id)).toEqual([]);
  });

  test("is on the page, and can be read there again", () => {
    const shown = run("pass");
    const page = featuresOf(shown);
    expect(shownOn(page)).toEqual(shown);
    expect(page).toContain(`- ${id}: \`${scenario}\``);
    expect(page).toContain("- IDENTIFY-ANY-ORDER: not shown.\n");
    expect(page).toMatch(/\| identify: .* \| shown in part +\|/);
    expect(page).toMatch(/\| notice to the rest .* \| \*\*not shown\*\* +\|/);
  });

  test("is held against what the page says", () => {
    expect(unfounded(run("pass"), run("pass"))).toEqual([]);
    expect(unfounded(run("pass"), run("fail"))).toEqual([`${id}: ${scenario}`]);
    expect(unfounded(run("fail"), run("pass"))).toEqual([]);
  });
});
