import { expect, test } from "vitest";
import { diagnose, type Diagnosis } from "../../reports/diagnosis/diagnose.ts";
import { knownCauses } from "../../reports/diagnosis/known-causes.ts";
import { storedSignatures } from "../../reports/diagnosis/signatures.ts";
import { recordWithDefects } from "../../testing/records/defects.ts";

const stored = storedSignatures();
const causes = knownCauses();
const classOf = ({ cause }: Diagnosis): string | undefined => causes.find(({ id }) => id === cause)?.class;
const surely = (all: readonly Diagnosis[]) => all.filter(({ confidence }) => confidence === "very likely");

test("nearly every mutant is among the first three diagnoses of its own failures, or a rule of its class", () => {
  const isRule = ({ cause }: Diagnosis) => causes.find(({ id }) => id === cause)?.isRule === true;
  const missed = stored.signatures.filter(({ name, class: own }) => {
    const first = diagnose(recordWithDefects(name), causes).slice(0, 3);
    return !first.some((one) => one.cause === name || (isRule(one) && classOf(one) === own));
  });
  expect(missed.map(({ name }) => name)).toMatchSnapshot();
  expect(missed.length).toBeLessThanOrEqual(0.1 * stored.signatures.length);
});

test.each(stored.signatures)(
  "without the signature of $name no cause of another class is very likely",
  (left) => {
    const others = { ...stored, signatures: stored.signatures.filter((one) => one !== left) };
    const said = surely(diagnose(recordWithDefects(left.name), knownCauses(others)));
    expect(said.filter((one) => classOf(one) !== left.class)).toEqual([]);
  },
);
