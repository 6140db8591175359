import { expect, test } from "vitest";
import { diagnose, type Diagnosis } from "../../reports/diagnosis/diagnose.ts";
import { knownCauses } from "../../reports/diagnosis/known-causes.ts";
import type { Cause } from "../../reports/diagnosis/cause.ts";
import { rules } from "../../reports/diagnosis/known-causes.ts";
import { storedSignatures } from "../../reports/diagnosis/signatures.ts";
import { recordWithDefects } from "../../testing/records/defects.ts";

const stored = storedSignatures();
const causes = knownCauses();
const classOf = ({ cause }: Diagnosis): string | undefined => causes.find(({ id }) => id === cause)?.class;
const records = new Map(stored.signatures.map(({ name }) => [name, recordWithDefects(name)]));
const recordOf = (name: string) => records.get(name) ?? recordWithDefects(name);
const surely = (all: readonly Diagnosis[]) => all.filter(({ confidence }) => confidence === "very likely");

test("nearly every mutant is among the first three diagnoses of its own failures, or a rule of its class", () => {
  const isRule = ({ cause }: Diagnosis) => causes.find(({ id }) => id === cause)?.isRule === true;
  const missed = stored.signatures.filter(({ name, class: own }) => {
    const first = diagnose(recordOf(name), causes).slice(0, 3);
    return !first.some((one) => one.cause === name || (isRule(one) && classOf(one) === own));
  });
  expect(missed.map(({ name }) => name)).toMatchSnapshot();
  expect(missed.length).toBeLessThanOrEqual(0.1 * stored.signatures.length);
});

/** Names of the mutants that rules refine. Without its signature, such a rule knows less. */
const refined = new Set(Object.values(rules).map(({ refines }) => refines));

/** Returns the causes that are known without the signature of a mutant. */
const causesWithout = (name: string): readonly Cause[] =>
  refined.has(name)
    ? knownCauses({ ...stored, signatures: stored.signatures.filter((one) => one.name !== name) })
    : causes.filter(({ id }) => id !== name);

test("without the signature of a mutant, no cause of another class is very likely", () => {
  const wrong = stored.signatures.flatMap(({ name, class: own }) =>
    surely(diagnose(recordOf(name), causesWithout(name)))
      .filter((one) => classOf(one) !== own)
      .map(({ cause }) => `${cause} for ${name}`),
  );
  expect(wrong).toEqual([]);
});
