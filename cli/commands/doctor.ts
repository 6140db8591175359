import type { Diagnosis } from "../../doctor/diagnose.ts";
import { asGiven, type ProfileEntry } from "../../doctor/suggest/draft.ts";
import type { ProfileInput } from "../../harness/profile/profile.ts";
import { maskedProfile } from "../../harness/profile/profile-secrets.ts";
import { secrets } from "../../harness/secrets/secrets.ts";
import type { DoctorFinding } from "../../doctor/suggest/finding.ts";
import { exitCodes, InterruptedError, UsageError } from "../exit.ts";
import { awaitInterruption } from "../interruption.ts";
import { readProfile } from "../target/profile-file.ts";
import { findLookedAt, type Target } from "../target/target.ts";

/** What may be told of a target that has no profile yet. */
export interface Hints {
  readonly url?: string;
  readonly profile?: string;
  /** Where to listen; each is looked at. */
  readonly topic?: readonly string[];
  readonly identify?: string;
  readonly body?: string;
  readonly patience?: number;
}

/**
 * `hangup doctor`: looks at a target and says what it found.
 * @returns the exit code: 0 when leaves were heard as the suggested profile describes them, 3 when not
 */
export async function doctor({ json, ...hints }: Hints & { readonly json?: boolean }): Promise<number> {
  const given = await givenProfile(hints);
  const found = await examine(given, hints);
  process.stdout.write(
    json === true
      ? `${JSON.stringify(withoutSecrets(found), null, 2)}\n`
      : `${report(found)}${found.works ? "`hangup init` writes it to a file.\n" : ""}`,
  );
  return found.works ? exitCodes.conformant : exitCodes.incomplete;
}

/** Masks what was given, and what the target repeats of it. */
function withoutSecrets(found: Diagnosis): Diagnosis {
  const entries = found.entries.map(({ key, value, why }): ProfileEntry => {
    const isGiven = why === asGiven && secretive.includes(key);
    return { key, value: isGiven ? "(as given)" : maskedProfile({ [key]: value })[key], why };
  });
  return secrets.maskAll({ ...found, entries });
}

/** Keys of a profile that may hold secrets. */
const secretive: readonly string[] = ["url", "query", "headers", "cookies", "before", "stomp"];

/** What is known of the profile: a file's, and what the options add or replace. */
export async function givenProfile({ profile, url, identify, body }: Hints): Promise<ProfileInput> {
  const given = (await readProfile(profile)) ?? {};
  if (body !== undefined && identify === undefined)
    throw new UsageError("--body is the body of the message to --identify, which is missing");
  return {
    ...given,
    ...(url === undefined ? {} : { url }),
    ...(identify === undefined ? {} : { identify: { destination: identify, body: bodyIn(body) } }),
  };
}

/** JSON where it is some, otherwise a text. */
function bodyIn(body: string | undefined): Record<string, unknown> | unknown[] | string {
  if (body === undefined) return { sessionId: "{sessionId}", clientData: "{client}" };
  try {
    const parsed = JSON.parse(body) as unknown;
    return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : body;
  } catch {
    return body;
  }
}

/** Looks at the target that was given, which is started for that where the profile tells how. */
export async function examine(given: ProfileInput, { url, topic, patience }: Hints): Promise<Diagnosis> {
  const { diagnose } = await import("../../doctor/diagnose.ts");
  const { signal, ignore } = awaitInterruption();
  let target: Target | undefined;
  try {
    target = await findLookedAt(given, url, signal);
    const looked = diagnose(target.url, given, {
      ...(topic === undefined ? {} : { topics: topic }),
      ...(patience === undefined ? {} : { patienceMs: patience * 1000 }),
    });
    return await Promise.race([looked, aborted(signal)]);
  } catch (error) {
    if (signal.aborted) throw new InterruptedError();
    throw error;
  } finally {
    await target?.stop();
    ignore();
  }
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });

const marks: Readonly<Record<DoctorFinding["level"], string>> = {
  good: "ok  ",
  note: "    ",
  problem: "!!  ",
};

/** What was found, for people. */
export function report(diagnosis: Diagnosis): string {
  const { target, problem, findings, entries, unknown, works } = withoutSecrets(diagnosis);
  if (problem !== null) return `${target}\n\n!!  ${problem}\n`;
  const lines = [...findings]
    .sort((a, b) => Number(b.level === "problem") - Number(a.level === "problem"))
    .flatMap(({ level, subject, says, mend }) => [
      `${marks[level]}${subject}: ${says}`,
      ...(mend === undefined ? [] : [`      -> ${mend}`]),
    ]);
  const open = unknown.length === 0 ? [] : ["", "Not learned:", ...unknown.map((one) => `    ${one}`)];
  const outcome = works
    ? "Leaves were heard as this profile describes them."
    : "No leave was heard as a profile of this describes it; nothing could be judged yet.";
  return [
    target,
    "",
    ...lines,
    ...open,
    "",
    "Suggested profile:",
    ...entries.map(line),
    "",
    outcome,
    "",
  ].join("\n");
}

/** What was given may hold secrets, and whoever gave it knows it. */
const line = ({ key, value, why }: ProfileEntry): string =>
  why === asGiven ? `    ${key}: (as given)` : `    ${key}: ${JSON.stringify(value)}\n        (${why})`;
