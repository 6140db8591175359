import { at, jsonOrUndefined } from "../../harness/util/json.ts";
import type { Profile } from "../../harness/profile/profile.ts";
import { ask } from "./ask.ts";
import { good, problem, type DoctorFinding } from "../suggest/finding.ts";
import { quote } from "../wire/words.ts";

const answerLimitMs = 5_000;

/** Tests if the profile's probe reports the number of stored mappings. Never rejects. */
export async function askProbe(
  { probe }: Pick<Profile, "probe">,
  target: URL,
  headers: Readonly<Record<string, string>>,
): Promise<DoctorFinding[]> {
  if (probe === undefined) return [];
  const asked = await ask(new URL(probe.path, target), {
    headers,
    signal: AbortSignal.timeout(answerLimitMs),
  });
  if (asked.kind === "trouble")
    return [problem("probe", `${probe.path} gave no answer: ${asked.message}`, "check `probe.path`")];
  const told = at(jsonOrUndefined(asked.body), probe.mappings);
  const count = Array.isArray(told) ? told.length : told;
  if (typeof count === "number") return [good("probe", `${probe.path} reports ${count} stored mapping(s)`)];
  const says = `${probe.path} answered ${asked.status}, with no number or list at "${probe.mappings}": ${quote(asked.body, 100)}`;
  return [problem("probe", says, "fix `probe.mappings`, or make the server report the number there")];
}
