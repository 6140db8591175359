import type { Diagnosis } from "../../doctor/diagnose.ts";
import { asGiven, type ProfileEntry } from "../../doctor/suggest/draft.ts";
import type { ProfileInput } from "../../harness/profile/profile.ts";
import { maskedProfile } from "../../harness/profile/profile-secrets.ts";
import { secrets } from "../../harness/secrets/secrets.ts";
import type { DoctorFinding } from "../../doctor/suggest/finding.ts";
import { exitCodes, InterruptedError, UsageError } from "../exit.ts";
import { awaitInterruption } from "../interruption.ts";
import { readProfile } from "../target/profile-file.ts";
import type { RunTarget } from "../target/target.ts";
import { findExamined } from "../target/find-target.ts";

/** Known facts about a target without a complete profile. */
export interface DoctorOptions {
  readonly url?: string;
  readonly profile?: string;
  /** Destinations that may carry notices. */
  readonly topic?: readonly string[];
  readonly identify?: string;
  readonly body?: string;
  readonly patience?: number;
}

/**
 * Carries out `hangup doctor`: examines a target and prints the findings.
 * @returns 0 if leaves arrived as the suggested profile describes them, 3 otherwise
 */
export async function doctor({
  json,
  ...hints
}: DoctorOptions & { readonly json?: boolean }): Promise<number> {
  const given = await givenProfile(hints);
  const found = await examine(given, hints);
  process.stdout.write(
    json === true
      ? `${JSON.stringify(withoutSecrets(found), null, 2)}\n`
      : `${report(found)}${found.works ? "`hangup init` writes it to a file.\n" : ""}`,
  );
  return found.works ? exitCodes.conformant : exitCodes.incomplete;
}

/** Masks the given values wherever the target repeats them. */
function withoutSecrets(found: Diagnosis): Diagnosis {
  const entries = found.entries.map(({ key, value, why }): ProfileEntry => {
    const isGiven = why === asGiven && secretKeys.includes(key);
    return { key, value: isGiven ? "(as given)" : maskedProfile({ [key]: value })[key], why };
  });
  return secrets.maskAll({ ...found, entries });
}

/** Profile keys that may hold secrets. */
const secretKeys: readonly string[] = ["url", "query", "headers", "cookies", "before", "after", "stomp"];

/** Returns the known part of the profile: the profile file, with the options on top. */
export async function givenProfile({ profile, url, identify, body }: DoctorOptions): Promise<ProfileInput> {
  const given = (await readProfile(profile)) ?? {};
  if (body !== undefined && identify === undefined)
    throw new UsageError("--body needs --identify, the destination of that message");
  return {
    ...given,
    ...(url === undefined ? {} : { url }),
    ...(identify === undefined ? {} : { identify: { destination: identify, body: bodyIn(body) } }),
  };
}

/** Returns a body as parsed JSON if it is a JSON object or array, and as text otherwise. */
function bodyIn(body: string | undefined): Record<string, unknown> | unknown[] | string {
  if (body === undefined) return { sessionId: "{sessionId}", clientData: "{client}" };
  try {
    const parsed = JSON.parse(body) as unknown;
    return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : body;
  } catch {
    return body;
  }
}

/** Examines the target. Starts it first if the profile has `start`. */
export async function examine(
  given: ProfileInput,
  { url, topic, patience }: DoctorOptions,
): Promise<Diagnosis> {
  const { diagnose } = await import("../../doctor/diagnose.ts");
  const { signal, ignore } = awaitInterruption();
  let target: RunTarget | undefined;
  try {
    target = await findExamined(given, url, signal);
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

/** Renders the findings as text. */
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
    ? "Leaves arrived as this profile describes them."
    : "No leave arrived as this profile describes it. A run could not judge anything yet.";
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

/** Given values may be secret, and the reader knows them. */
const line = ({ key, value, why }: ProfileEntry): string =>
  why === asGiven ? `    ${key}: (as given)` : `    ${key}: ${JSON.stringify(value)}\n        (${why})`;
