import { expect, test } from "vitest";
import { casesOf } from "../../harness/scenario/scenario.ts";
import { mutants } from "../../mutants/index.ts";
import { scenarios } from "../../scenarios/index.ts";
import { requirements } from "../../scenarios/requirements.ts";
import { scenariosOf } from "../../scenarios/scenarios-of.ts";

const known = new Set(requirements.map(({ id }) => id));
const broken = new Set(mutants.flatMap(({ breaks }) => breaks));
const asked = requirements.filter(({ id }) => scenariosOf(id).length > 0);

/** Requirements that a server notices ends of one kind. */
const detections = new Set(
  scenarios
    .flatMap(casesOf)
    .flatMap(({ checks }) => Object.entries(checks))
    .filter(([, list]) => list.some(({ name }) => name.startsWith("heard-by-all")))
    .map(([id]) => id),
);

/** Requirements that some mutant has to break. */
const due = asked.filter(({ id, level }) => level === "MUST" || detections.has(id)).map(({ id }) => id);

/** Requirements that no mutant breaks, with the reasons. */
const excused: Readonly<Record<string, string>> = {
  "UNIDENTIFIED-ENDS-TOLD":
    "the reference server does not announce unidentified sessions; testing/sample-servers/identification.ts breaks it",
  "BACK-WITHIN-GRACE":
    "the reference server gives no grace; testing/sample-servers/last-session.ts breaks it",
  "REFUSED-STAYS-OUT":
    "the reference server has no log-in; testing/sample-servers/log-ins/credentials.ts breaks it",
  "LEAVE-ON-LOG-OUT":
    "the reference server has no log-in; testing/sample-servers/log-ins/credentials.ts breaks it",
  "LEAVE-ON-EXPIRY":
    "the reference server has no log-in; testing/sample-servers/log-ins/credentials.ts breaks it",
};

test("mutants break requirements that some scenario asks", () => {
  for (const { name, breaks, alsoBreaks } of mutants) {
    for (const id of [...breaks, ...alsoBreaks]) {
      expect(known, name).toContain(id);
      expect(scenariosOf(id).length, `${name} ${id}`).toBeGreaterThan(0);
    }
  }
});

test("each MUST that a scenario asks, and each kind of end, has a mutant", () => {
  expect(due.filter((id) => !broken.has(id) && !(id in excused))).toEqual([]);
});

test("each excuse names a requirement without a mutant, and a reason", () => {
  for (const [id, reason] of Object.entries(excused)) {
    expect(due).toContain(id);
    expect(broken, id).not.toContain(id);
    expect(reason, id).toMatch(/^[a-z].{30,}$/);
  }
});
