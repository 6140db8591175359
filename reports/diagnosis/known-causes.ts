import type { Cause, Rule } from "./cause.ts";
import { files } from "./rules/index.generated.ts";
import { causesOf, storedSignatures, type Signatures } from "./signatures.ts";

/** Rules by name. */
export const rules: Readonly<Record<string, Rule>> = files;

/** Returns the causes of all rules and signatures. */
export function knownCauses(stored: Signatures = storedSignatures()): readonly Cause[] {
  const signatures = causesOf(stored).map(unlessExcluded);
  return [...Object.entries(rules).map(([id, rule]) => causeOfRule(id, rule, signatures)), ...signatures];
}

/** Returns the cause of a signature, which holds unless a rule that refines it knows better. */
function unlessExcluded(cause: Cause): Cause {
  const excluding = Object.values(rules).flatMap(({ refines, excludes }) =>
    refines === cause.id && excludes !== undefined ? [excludes] : [],
  );
  return {
    ...cause,
    look: (facts) => (excluding.some((excludes) => excludes(facts)) ? undefined : cause.look(facts)),
  };
}

/** Returns the cause of a rule. The signature that it refines answers what the rule leaves open. */
function causeOfRule(id: string, rule: Rule, signatures: readonly Cause[]): Cause {
  const refined = signatures.find((one) => one.id === rule.refines);
  return {
    ...rule,
    id,
    isRule: true,
    look(facts) {
      const found = rule.look(facts);
      const known = refined?.look(facts);
      if (found === undefined || known === undefined) return found;
      return {
        ...found,
        predict(asked) {
          const own = found.predict(asked);
          return own === "unknown" ? known.predict(asked) : own;
        },
      };
    },
  };
}
