import type { RunRecord } from "../harness/record.ts";
import type { Basis } from "../harness/requirement.ts";
import { plain } from "./text.ts";

/** A requirement as one run asked it. `waiver` is the profile's reason why it does not bind; null when it does. */
export type Duty = RunRecord["requirements"][number] & { readonly waiver: string | null };

/** The duties of a record, by the id of their requirement. */
export type Duties = ReadonlyMap<string, Duty>;

const basisWord: Readonly<Record<Basis, string>> = {
  spec: "published protocol",
  flow: "flow under test",
  declared: "declared by the profile",
};

/** Waivers hold for declared requirements only. */
export function dutiesOf({ requirements, waivers }: RunRecord): Duties {
  const reasons = new Map(waivers.map(({ requirement, reason }) => [requirement, reason]));
  return new Map(
    requirements.map((one) => [
      one.id,
      { ...one, waiver: one.basis === "declared" ? (reasons.get(one.id) ?? null) : null },
    ]),
  );
}

/** Who says that a duty binds, and whether it does: `declared by the profile, waived`. */
export function basisWords({ basis, waiver }: Duty): string {
  return waiver === null ? basisWord[basis] : `${basisWord[basis]}, waived`;
}

/** A requirement by its id, and how it binds: `ONCE-PER-SESSION (MUST, flow under test)`. */
export function naming(id: string, duties: Duties): string {
  const duty = duties.get(id);
  const binding = duty === undefined ? "not in the record" : `${duty.level}, ${basisWords(duty)}`;
  return `${plain(id, 80)} (${binding})`;
}
