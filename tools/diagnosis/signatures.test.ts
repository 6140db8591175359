import { expect, test } from "vitest";
import { universalChecks } from "../../harness/judge/universal-checks.ts";
import { casesOf } from "../../harness/scenario/scenario.ts";
import { mutants } from "../../mutants/index.ts";
import { storedSignatures, type Signature } from "../../reports/diagnosis/signatures.ts";
import { checkKind } from "../../reports/kill-matrix/record.ts";
import { scenarios } from "../../scenarios/index.ts";
import { requirements } from "../../scenarios/requirements.ts";
import { classes } from "./classes.ts";
import { casesFor, casesOfSignatures } from "./played.ts";

const renew = "docs/design/diagnosis.md says how to renew the signatures";
const stored = storedSignatures();
const signatureOf = (name: string): Signature | undefined =>
  stored.signatures.find((one) => one.name === name);

test("each mutant is in one class", () => {
  expect(Object.values(classes).flat().sort()).toEqual(mutants.map(({ name }) => name).sort());
});

test.each(mutants)("$name has a signature that fits it", ({ name, description, breaks, alsoBreaks }) => {
  const signature = signatureOf(name);
  const mayFail = signature?.requirements.map((place) => stored.requirements[place]);
  const declared = requirements.map(({ id }) => id).filter((id) => [...breaks, ...alsoBreaks].includes(id));
  expect(mayFail, renew).toEqual(declared);
  expect(signature?.description, renew).toBe(description);
  expect(Object.keys(classes).find((one) => classes[one]?.includes(name))).toBe(signature?.class);
  const failed = Object.keys({ ...signature?.fails, ...signature?.sometimes });
  expect(
    failed.some((question) => breaks.includes(question.split(" ")[0] ?? "")),
    `${name} fails nothing that it breaks; ${renew}`,
  ).toBe(true);
});

test("no signature is left over", () => {
  const known = mutants.map(({ name }) => name);
  expect(
    stored.signatures.filter(({ name }) => !known.includes(name)),
    renew,
  ).toEqual([]);
});

test("all requirements, cases and checks exist", () => {
  const cases = new Map(scenarios.flatMap(casesOf).map((one) => [one.id, one]));
  expect(
    stored.cases.filter((id) => !cases.has(id)),
    renew,
  ).toEqual([]);
  expect(stored.requirements, renew).toEqual(requirements.map(({ id }) => id));
  const everywhere = questionsOf(universalChecks);
  const gone = Object.entries(stored.questions).flatMap(([question, places]) =>
    places.filter((place) => {
      const one = cases.get(stored.cases[place] ?? "");
      return one !== undefined && !everywhere.has(question) && !questionsOf(one.checks).has(question);
    }),
  );
  expect(gone, renew).toEqual([]);
});

const questionsOf = (checks: Readonly<Record<string, readonly { readonly name: string }[]>>) =>
  new Set(
    Object.entries(checks).flatMap(([requirement, all]) =>
      all.map(({ name }) => `${requirement} ${checkKind(name)}`),
    ),
  );

test("each mutant is played with a case of each requirement that it breaks", () => {
  const all = casesOfSignatures();
  const judged = new Set(all.flatMap(({ checks }) => Object.keys(checks)));
  for (const mutant of mutants) {
    const played = casesFor(mutant, all).flatMap(({ checks }) => Object.keys(checks));
    expect(played, mutant.name).toEqual(expect.arrayContaining(mutant.breaks.filter((id) => judged.has(id))));
  }
});
