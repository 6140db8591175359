import { diagnose, unlearnedIn, type DiagnoseOptions, type Diagnosis } from "../../doctor/diagnose.ts";
import { asGiven, type ProfileEntry } from "../../doctor/suggest/draft.ts";
import { hasFunction } from "../../harness/util/json.ts";
import type { ProfileInput } from "../../harness/profile/profile.ts";
import { maskedAddress, maskedProfile } from "../../harness/profile/profile-secrets.ts";
import { secrets } from "../../harness/secrets/secrets.ts";
import type { DoctorFinding } from "../../doctor/suggest/finding.ts";
import { endingWords, othersTold } from "../../harness/util/ending-words.ts";
import { countOf, duration } from "../../reports/words/text.ts";
import { exitCodes, InterruptedError, UsageError } from "../exit.ts";
import { textAfter } from "../output/terminal-width.ts";
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
  /** Page's expression for its session id. */
  readonly sessionId?: string;
}

/**
 * Carries out `hangup doctor`: examines a target and prints each finding as soon as it is known.
 * @returns 0 if leaves arrived as the suggested profile describes them, 3 otherwise
 */
export async function doctor({
  json,
  ...hints
}: DoctorOptions & { readonly json?: boolean }): Promise<number> {
  const given = await givenProfile(hints);
  if (json === true) {
    const found = await examine(given, hints);
    process.stdout.write(`${JSON.stringify(withoutSecrets(found), null, 2)}\n`);
    return exitCodeOf(found);
  }
  const found = await examineAndPrint(given, hints);
  if (found.works) process.stdout.write("`hangup init` writes it to a file.\n");
  return exitCodeOf(found);
}

const exitCodeOf = ({ works }: Diagnosis): number => (works ? exitCodes.conformant : exitCodes.incomplete);

/** Examines the target, and prints each finding to standard output as soon as it is known, then the suggested profile. */
export async function examineAndPrint(given: ProfileInput, hints: DoctorOptions): Promise<Diagnosis> {
  const print = (text: string) => process.stdout.write(text);
  const address = hints.url ?? given.url;
  if (address !== undefined) print(`${maskedAddress(address)}\n\n`);
  const found = await examine(given, hints, {
    onFinding: (one) => print(findingText(secrets.maskAll(one))),
    onStep: (words) => print(`${textAfter("..  ", words)}\n`),
  });
  print(conclusion(withoutSecrets(found)));
  return found;
}

/** Masks the given values wherever the target repeats them. */
function withoutSecrets(found: Diagnosis): Diagnosis {
  const entries = found.entries.map(({ key, value, why }): ProfileEntry => {
    const isGiven = why === asGiven && (secretKeys.includes(key) || hasFunction(value));
    return { key, value: isGiven ? "(as given)" : maskedProfile({ [key]: value })[key], why };
  });
  return secrets.maskAll({ ...found, entries });
}

/** Profile keys that may hold secrets. */
const secretKeys: readonly string[] = ["url", "query", "headers", "cookies", "before", "after", "stomp"];

/**
 * Returns the known part of the profile: the profile file, with the options on top. An option replaces only its own part of
 * `identify`.
 */
export async function givenProfile({ profile, url, identify, body }: DoctorOptions): Promise<ProfileInput> {
  const given = (await readProfile(profile)) ?? {};
  const known = given.identify !== undefined && "destination" in given.identify ? given.identify : undefined;
  const destination = identify ?? known?.destination;
  if (body !== undefined && destination === undefined)
    throw new UsageError("--body needs --identify, the destination of that message");
  const isChanged = identify !== undefined || body !== undefined;
  return {
    ...given,
    ...(url === undefined ? {} : { url }),
    ...(isChanged && destination !== undefined
      ? {
          identify: {
            body: bodyIn(body),
            ...known,
            destination,
            ...(body === undefined ? {} : { body: bodyIn(body) }),
          },
        }
      : {}),
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
async function examine(
  given: ProfileInput,
  { url, topic, patience, sessionId }: DoctorOptions,
  listeners: Pick<DiagnoseOptions, "onFinding" | "onStep"> = {},
): Promise<Diagnosis> {
  const { signal, ignore } = awaitInterruption();
  let target: RunTarget | undefined;
  try {
    target = await findExamined(given, url, signal);
    const looked = diagnose(target.url, given, {
      ...listeners,
      ...(topic === undefined ? {} : { topics: topic }),
      ...(sessionId === undefined ? {} : { sessionIdExpression: sessionId }),
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

/** Renders a finding, with its fix below. */
function findingText({ level, subject, says, mend }: DoctorFinding): string {
  const fix = mend === undefined ? [] : [textAfter("      -> ", mend)];
  return `${[textAfter(marks[level], `${subject}: ${says}`), ...fix].join("\n")}\n`;
}

/** Renders the end of a diagnosis: facts that stayed unknown, the suggested profile, and if it works. */
function conclusion({ problem, look, findings, entries, endings, unknown, works }: Diagnosis): string {
  if (problem !== null) return `${textAfter(marks.problem, problem)}\n`;
  const problems = findings.filter(({ level }) => level === "problem").length;
  const printed = new Set(look === null ? [] : unlearnedIn(look));
  const left = unknown.filter((one) => !printed.has(one));
  const open = left.length === 0 ? [] : ["", "Not learned:", ...left.map((one) => textAfter("    ", one))];
  const tried = endings.length === 0 ? [] : ["", ...endingLines(endings)];
  const outcome = works
    ? `Leaves arrived as this profile describes them${endings.some(({ toldAfterMs }) => toldAfterMs === null) ? ", but not after each ending" : ""}.`
    : "No leave arrived as this profile describes it. A run could not judge anything yet.";
  return [
    ...open,
    ...tried,
    "",
    "Suggested profile:",
    ...entries.map(line),
    "",
    ...(problems === 0 ? [] : [`${countOf(problems, "problem")}, marked !! above.`]),
    textAfter("", outcome),
    "",
  ].join("\n");
}

/** Renders the ends of the test sessions in the words of a run's report. */
function endingLines(endings: Diagnosis["endings"]): string[] {
  const rows = endings.map(({ id, toldAfterMs }) => [
    endingWords[id].does,
    toldAfterMs === null ? "NO" : `yes, after ${duration(toldAfterMs)}`,
  ]);
  const head = ["A client ...", othersTold];
  const width = Math.max(...[head, ...rows].map(([does = ""]) => does.length));
  return [
    "Test sessions, one of each (a run tries every transport and moment):",
    ...[head, ...rows].map(([does = "", told = ""]) => `    ${does.padEnd(width)}  ${told}`),
  ];
}

/** Given values may be secret, and the reader knows them. */
const line = ({ key, value, why }: ProfileEntry): string =>
  why === asGiven
    ? `    ${key}: (as given)`
    : // A value never wraps, so that it can be copied.
      `    ${key}: ${JSON.stringify(value)}\n${textAfter("        ", `(${why})`)}`;
