import { existsSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { createInterface, type Interface } from "node:readline/promises";
import type { Diagnosis } from "../../doctor/diagnose.ts";
import type { ProfileEntry } from "../../doctor/suggest/draft.ts";
import { entryLines, profileText } from "../../doctor/suggest/profile-text.ts";
import { secrets } from "../../harness/secrets/secrets.ts";
import { examineAndPrint, givenProfile, type DoctorOptions } from "./doctor.ts";
import { changesOf, givenProgram, importPath, isSameFile, type GivenProgram } from "./given-program.ts";
import { exitCodes, UsageError } from "../exit.ts";
import { run } from "../run/run.ts";
import { messageOf } from "../../harness/util/words.ts";

export interface InitArguments extends DoctorOptions {
  readonly out: string;
  readonly force?: boolean;
  /** True to run the suite afterwards, false to skip it. Undefined asks on a terminal. */
  readonly run?: boolean;
}

/**
 * Carries out `hangup init`: examines a target, asks for missing facts, and writes a commented profile. Asks nothing
 * without a terminal.
 * @returns the exit code of the run if there was one; otherwise 0 if the profile works and 3 if not
 */
export async function init(options: InitArguments): Promise<number> {
  const { out, force = false } = options;
  if (!/\.(ts|js|json)$/.test(out))
    throw new UsageError(`--out ${out}: the profile must be a .ts, .js or .json file`);
  if (existsSync(out) && !force) throw new UsageError(`${out} already exists. --force overwrites it.`);
  const into = dirname(resolve(out));
  if (!existsSync(into)) throw new UsageError(`--out ${out}: folder ${into} does not exist`);
  const program = await givenProgram(options.profile);
  if (program !== undefined && out.endsWith(".json"))
    throw new UsageError(
      `--out ${out}: ${program.file} is a program, and JSON can't hold its functions. Choose a .ts or .js file, which then imports it.`,
    );
  const terminal = process.stdin.isTTY && process.stdout.isTTY;
  const questions = terminal ? createInterface({ input: process.stdin, output: process.stdout }) : undefined;
  try {
    const found = await examineWithQuestions(await withAddress(options, questions), questions);
    if (found.problem !== null) return exitCodes.incomplete;
    // The profile needs the given values to work. Its comments repeat text from the target, which is masked.
    const entries = found.entries.map((entry) => ({ ...entry, why: secrets.mask(entry.why) }));
    const saved = save(out, entries, secrets.maskAll(found.unknown), program);
    process.stdout.write(`\n${saved.words}\n`);
    if (!found.works || !saved.isComplete) return exitCodes.incomplete;
    if (!(options.run ?? (await confirm(questions, "Run the suite with it now?")))) {
      process.stdout.write(`Next: npx hangup run --profile ${out} (with --tier quick for a first look)\n`);
      return exitCodes.conformant;
    }
    questions?.close();
    return await run({ profile: out, out: "hangup-report" });
  } finally {
    questions?.close();
  }
}

/**
 * Writes the profile. A given program is never replaced, since a copy would lose its functions: another file imports it, and its own file
 * stays as it is.
 * @returns a sentence for the user, and true if the file at `out` is now the whole profile
 */
function save(
  out: string,
  entries: readonly ProfileEntry[],
  unknown: readonly string[],
  program: GivenProgram | undefined,
): { words: string; isComplete: boolean } {
  if (program === undefined) {
    write(out, profileText(entries, unknown, out.endsWith(".json") ? "json" : "program"));
    return { words: `Written to ${out}.`, isComplete: true };
  }
  const changes = changesOf(entries, program);
  if (isSameFile(out, program.file)) {
    const todo =
      changes.length === 0
        ? ["It needs no change."]
        : ["Write these entries into it:", "", ...entryLines(changes).map((line) => secrets.mask(line))];
    const words = [`${out} is a program, so it is kept as it is.`, ...todo].join("\n");
    return { words, isComplete: changes.length === 0 };
  }
  const base = { address: importPath(out, program.file), exports: program.exports };
  write(out, profileText(changes, unknown, "program", base));
  const more = changes.length === 0 ? "" : `, and sets ${changes.map(({ key }) => key).join(", ")}`;
  return { words: `Written to ${out}. It imports ${program.file}${more}.`, isComplete: true };
}

function write(out: string, text: string): void {
  try {
    writeFileSync(out, text);
  } catch (error) {
    throw new UsageError(`${out} can't be written: ${messageOf(error)}`);
  }
}

async function withAddress(hints: DoctorOptions, questions: Interface | undefined): Promise<DoctorOptions> {
  const given = await givenProfile(hints);
  if (given.url !== undefined) return hints;
  const url = await questions?.question(
    "The address that a page gives to SockJS, such as http://localhost:8080/ws: ",
  );
  if (url === undefined || url.trim() === "") throw new UsageError("init needs the target's address: --url");
  return { ...hints, url: url.trim() };
}

/** Examines the target, and asks once for facts that the examination did not find. */
async function examineWithQuestions(
  hints: DoctorOptions,
  questions: Interface | undefined,
): Promise<Diagnosis> {
  const found = await examineAndPrint(await givenProfile(hints), hints);
  if (found.works || found.problem !== null || questions === undefined) return found;
  process.stdout.write("\nNo leave was understood yet. Please describe what pages of this server do.\n");
  const topic = await questions.question("Which destination do they subscribe to, to hear of others? ");
  const identify = await questions.question("Where do they send a message that says who they are? ");
  const body = await questions.question(
    "Its body, with {client} for the name and {sessionId} for the session id: ",
  );
  const more = {
    ...hints,
    ...(topic === "" ? {} : { topic: [...topic.split(/\s+/), ...(hints.topic ?? [])] }),
    ...(identify === "" ? {} : { identify, ...(body === "" ? {} : { body }) }),
  };
  try {
    return await examineAndPrint(await givenProfile(more), more);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    // A wrong answer must not discard the findings.
    process.stdout.write(`\n${secrets.mask(error.message)}\n\n`);
    return found;
  }
}

async function confirm(questions: Interface | undefined, question: string): Promise<boolean> {
  if (questions === undefined) return false;
  return /^(y(es)?)?$/i.test((await questions.question(`${question} [Y/n] `)).trim());
}
