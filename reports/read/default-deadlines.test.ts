import { expect, test } from "vitest";
import type { RunRecord } from "../../harness/judge/record.ts";
import { fail, pass } from "../../harness/judge/verdict.ts";
import { basisWords, requirementsIn, requirementLabel } from "./requirements-in-run.ts";
import { caseOf, checkOf, detectionsOf, recordOf } from "../../testing/records/build.ts";

/** One case on each deadline, with how late its leave was; a deadline that is missed fails the case. */
function basisFor(
  deadlines: Readonly<Record<string, number>>,
  ...leaves: readonly (readonly [latestMs: number, latencyMs: number])[]
): string {
  const cases = leaves.map(([latestMs, latencyMs], n) =>
    caseOf(
      `leave/fin[n=${n}]`,
      "t",
      [
        checkOf(
          "LEAVE-IN-TIME",
          "left-inside-window(alice)",
          latencyMs > latestMs ? fail("by then", "too late", [0]) : pass([0]),
        ),
      ],
      { detections: detectionsOf("fin", [0, latestMs], latencyMs) },
    ),
  );
  const record: RunRecord = recordOf(cases, {
    target: { name: "t", url: "http://t/", profile: { deadlines } },
    requirements: [
      {
        id: "LEAVE-IN-TIME",
        level: "MUST",
        basis: "declared",
        text: "A leave comes in time.",
        citation: "c",
        verdict: "fail",
      },
    ],
  });
  expect(requirementLabel("LEAVE-IN-TIME", requirementsIn(record))).toContain("LEAVE-IN-TIME (MUST, ");
  const requirement = requirementsIn(record).get("LEAVE-IN-TIME");
  return requirement === undefined ? "" : basisWords(requirement);
}

const defaults = { endedMs: 1_000, httpEndedMs: 6_500 };
const declared = { endedMs: 4_000, httpEndedMs: 9_000 };
const byDefault = "hangup's default deadlines";
const byProfile = "declared by the profile";

test("a leave that missed a deadline of hangup's is not said to have missed one that the profile declares", () => {
  expect(basisFor(defaults, [1_000, 2_500])).toBe(byDefault);
  expect(basisFor(declared, [4_000, 8_000])).toBe(byProfile);
});

test("where some deadlines are declared, those that were missed count", () => {
  const mixed = { ...defaults, endedMs: 4_000 };
  expect(basisFor(mixed, [4_000, 2_500], [6_500, 7_700])).toBe(byDefault);
  expect(basisFor(mixed, [4_000, 5_500], [6_500, 5_100])).toBe(byProfile);
  expect(basisFor(mixed, [4_000, 5_500], [6_500, 7_700])).toBe(`${byProfile}, in part ${byDefault}`);
});

test("where none was missed, all that the profile has count", () => {
  expect(basisFor(defaults, [1_000, 10])).toBe(byDefault);
  expect(basisFor(declared, [4_000, 10])).toBe(byProfile);
  expect(basisFor({ ...declared, endedMs: 1_000 }, [1_000, 10])).toBe(`${byProfile}, in part ${byDefault}`);
});
