import * as prettier from "prettier";
import { expect, test } from "vitest";
import { allKilled, withTrouble } from "../testing/records/kill-matrix.ts";
import { mutantsPage } from "./mutants-page.ts";

const whole = { ...allKilled(), everyCase: true };

test("the page tells what became of each, when and where", () => {
  const page = mutantsPage(whole);
  expect(page).toContain("**2026-11-22**, hangup 0.1.0, linux x64, 2 processors, Node 20.20.2, Chromium 156");
  expect(page).toContain("**2 of 2 mutants killed for their reason**");
  expect(page).toMatch(
    /\| `announces-leave-twice` +\| Tells .* times +\| LEAVE-NOT-TWICE +\|.* and 16 more +\| 4 +\|/,
  );
});

test("it tells what is wrong, too", () => {
  const page = mutantsPage({ ...withTrouble(), everyCase: true });
  expect(page).toContain("**2 of 5 mutants killed for their reason**");
  expect(page).toContain("- `leaks-mappings`, it passes every check of NO-DRIFT");
  expect(page).toContain("- `closes-neighbour`, GONE-STAYS-GONE: stays-gone in");
  expect(page).toContain("- NO-FALSE-LEAVE `no-false-leave`");
});

test("what was asked again stands in place of what was before, and is named", () => {
  const trouble = withTrouble();
  const mended = trouble.mutants.map((one) => ({
    ...one,
    state: "killed" as const,
    reason: null,
    unexpected: [],
  }));
  const again = {
    ...trouble,
    everyCase: true,
    mutants: mended.slice(2),
    startedAt: "2026-11-25T01:00:00.000Z",
  };
  const page = mutantsPage({ ...trouble, everyCase: true }, [again]);
  expect(page).toContain("**5 of 5 mutants");
  expect(page).toMatch(
    /Asked again on 2026-11-25, .*changed: `leaks-mappings`, `closes-neighbour`, `misses-closed-tabs`/,
  );
  expect(page).not.toContain("Failures that a mutant does not say");
});

test("only what was asked everything will do", () => {
  expect(() => mutantsPage(allKilled())).toThrow("every case");
  expect(() => mutantsPage({ ...whole, idleChecks: null })).toThrow("all mutants");
});

test("it is as the formatter wants it", async () => {
  const page = mutantsPage({ ...withTrouble(), everyCase: true }, [{ ...whole }]);
  expect(await prettier.check(page, { parser: "markdown" })).toBe(true);
});
