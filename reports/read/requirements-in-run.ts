import type { RunRecord } from "../../harness/judge/record.ts";
import type { Basis } from "../../harness/judge/requirement.ts";
import { deadlinesByDefault, type ByDefault } from "./default-deadlines.ts";
import { plain } from "../words/text.ts";

/**
 * Requirement as a run judged it. `waiver` is the profile's reason why it does not bind, or null. `byDefault` tells
 * whether its deadlines are hangup's defaults.
 */
export type RequirementInRun = RunRecord["requirements"][number] & {
  readonly waiver: string | null;
  readonly byDefault: ByDefault;
};

/** Requirements of a record, by id. */
export type RequirementsInRun = ReadonlyMap<string, RequirementInRun>;

const basisWord: Readonly<Record<Basis, string>> = {
  spec: "published protocol",
  flow: "flow under test",
  declared: "declared by the profile",
};

/** Returns the requirements of a record. Waivers apply only to declared ones. */
export function requirementsIn(record: RunRecord): RequirementsInRun {
  const { requirements, waivers } = record;
  const reasons = new Map(waivers.map(({ requirement, reason }) => [requirement, reason]));
  return new Map(
    requirements.map((one) => [
      one.id,
      {
        ...one,
        waiver: one.basis === "declared" ? (reasons.get(one.id) ?? null) : null,
        byDefault: deadlinesByDefault(one.id, record),
      },
    ]),
  );
}

/** Returns the source of a requirement, and whether it is waived: `declared by the profile, waived`. */
export function basisWords({ basis, waiver, byDefault }: RequirementInRun): string {
  const words = basis === "declared" ? declaredWords[byDefault] : basisWord[basis];
  return waiver === null ? words : `${words}, waived`;
}

const declaredWords: Readonly<Record<ByDefault, string>> = {
  none: basisWord.declared,
  some: `${basisWord.declared}, in part hangup's default deadlines`,
  all: "hangup's default deadlines",
};

/** Returns the id and the level of a requirement: `ONCE-PER-SESSION (MUST, flow under test)`. */
export function requirementLabel(id: string, requirements: RequirementsInRun): string {
  const requirement = requirements.get(id);
  const binding =
    requirement === undefined ? "not in the record" : `${requirement.level}, ${basisWords(requirement)}`;
  return `${plain(id, 80)} (${binding})`;
}
