import type { Cause, Rule } from "./cause.ts";
import { rules } from "./rules/index.ts";
import { causesOf, storedSignatures, type Signatures } from "./signatures.ts";

/** Returns the causes of all rules and signatures. */
export function knownCauses(stored: Signatures = storedSignatures()): readonly Cause[] {
  const signatures = causesOf(stored);
  return [...Object.entries(rules).map(([id, rule]) => causeOfRule(id, rule, signatures)), ...signatures];
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
