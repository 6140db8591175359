import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mutants } from "../../mutants/index.ts";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { checkKind } from "../../reports/kill-matrix/record.ts";
import type { Signature, Signatures } from "../../reports/diagnosis/signatures.ts";
import { requirements } from "../../scenarios/requirements.ts";
import { version } from "../../cli/version.ts";
import { classOf } from "./classes.ts";

const file = new URL("../../reports/diagnosis/signatures.json", import.meta.url);

/** Result of one server, as `play-mutants.ts` stores it. */
interface Played {
  readonly at: string;
  readonly cases: readonly CaseRecord[];
}

type Answer = "pass" | "fail" | "sometimes" | "open";

/** Returns the answers to each question of a case. */
function answersOf({ verdicts }: CaseRecord): ReadonlyMap<string, Answer> {
  const answers = new Map<string, Answer>();
  for (const verdict of verdicts) {
    if (verdict.kind === "not-applicable") continue;
    const question = `${verdict.requirement} ${checkKind(verdict.check)}`;
    const always = verdict.failedAttempts === verdict.attempts;
    const answer =
      verdict.kind === "fail"
        ? always
          ? "fail"
          : "sometimes"
        : verdict.kind === "inconclusive"
          ? "open"
          : "pass";
    const order: readonly Answer[] = ["pass", "open", "sometimes", "fail"];
    const before = answers.get(question) ?? "pass";
    answers.set(question, order.indexOf(answer) > order.indexOf(before) ? answer : before);
  }
  return answers;
}

/** Returns the places of the cases by question, for one answer. */
function placesOf(played: Played, cases: readonly string[], wanted: Answer): Record<string, number[]> {
  const found: Record<string, number[]> = {};
  for (const one of played.cases) {
    const place = cases.indexOf(one.id);
    if (place < 0) continue;
    for (const [question, answer] of answersOf(one))
      if (answer === wanted) (found[question] ??= []).push(place);
  }
  for (const places of Object.values(found)) places.sort((a, b) => a - b);
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;

function signatureOf(name: string, played: Played, { cases, requirements: all }: Signatures): Signature {
  const mutant = mutants.find((one) => one.name === name);
  if (mutant === undefined) throw new Error(`${name} is no mutant`);
  const mayFail = new Set([...mutant.breaks, ...mutant.alsoBreaks]);
  const places = (wanted: Answer) =>
    Object.fromEntries(
      Object.entries(placesOf(played, cases, wanted)).filter(([question]) =>
        mayFail.has(question.split(" ")[0] ?? ""),
      ),
    );
  return {
    name,
    class: classOf(name) ?? "",
    description: mutant.description,
    playedOn: played.at.slice(0, 10),
    requirements: all.flatMap((id, place) => (mayFail.has(id) ? [place] : [])),
    played: cases.flatMap((id, place) => (played.cases.some((one) => one.id === id) ? [place] : [])),
    fails: places("fail"),
    ...(isEmpty(places("sometimes")) ? {} : { sometimes: places("sometimes") }),
    ...(isEmpty(places("open")) ? {} : { open: places("open") }),
  };
}

/** Returns an earlier signature with the places of the new lists. Cases and requirements that are gone are left out. */
function moved(old: Signature, from: Signatures, to: Signatures): Signature {
  const mover = (before: readonly string[], now: readonly string[]) => (places: readonly number[]) =>
    places.flatMap((place) => {
      const moved = now.indexOf(before[place] ?? "");
      return moved < 0 ? [] : [moved];
    });
  const cases = mover(from.cases, to.cases);
  const all = (found: Record<string, number[]>) =>
    Object.fromEntries(Object.entries(found).map(([question, places]) => [question, cases(places)]));
  return {
    ...old,
    requirements: mover(from.requirements, to.requirements)(old.requirements),
    played: cases(old.played),
    fails: all(old.fails),
    ...(old.sometimes === undefined ? {} : { sometimes: all(old.sometimes) }),
    ...(old.open === undefined ? {} : { open: all(old.open) }),
  };
}

/**
 * Writes reports/diagnosis/signatures.json from the results of play-mutants.ts. A mutant without a result keeps its signature.
 * @param folder folder of the results
 * @throws Error if there is no result of the unbroken server, and no earlier signature
 */
export async function writeSignatures(folder: string): Promise<void> {
  const names = (await readdir(folder)).map((name) => name.replace(/\.json$/, ""));
  const read = async (name: string) =>
    JSON.parse(await readFile(join(folder, `${name}.json`), "utf8")) as Played;
  const before = await readFile(file, "utf8").then(
    (text) => JSON.parse(text) as Signatures,
    () => undefined,
  );
  const base = names.includes("unbroken") ? baseOf(await read("unbroken")) : before;
  if (base === undefined) throw new Error(`${folder} has no result of the unbroken server`);
  const signatures: Signature[] = [];
  for (const { name } of mutants) {
    const old = before?.signatures.find((one) => one.name === name);
    if (names.includes(name)) signatures.push(signatureOf(name, await read(name), base));
    else if (old !== undefined && before !== undefined) signatures.push(moved(old, before, base));
  }
  await writeFile(file, render({ ...base, signatures }));
  console.log(`${signatures.length} of ${mutants.length} signatures, ${base.cases.length} cases`);
}

function baseOf(unbroken: Played): Signatures {
  const passes = ({ verdicts }: CaseRecord) => verdicts.some(({ kind }) => kind === "pass");
  const cases = unbroken.cases.filter(passes).map(({ id }) => id);
  return {
    made: "npm run signatures",
    hangup: version,
    cases,
    requirements: requirements.map(({ id }) => id),
    questions: placesOf(unbroken, cases, "pass"),
    signatures: [],
  };
}

/** Renders the file with a line for each signature, so that a change of one is a change of one line. */
function render({ signatures, ...rest }: Signatures): string {
  const lines = Object.entries(rest).map(
    ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)},`,
  );
  const all = signatures.map((one) => JSON.stringify(one)).join(",\n");
  return `{${lines.join("\n")}\n"signatures":[\n${all}\n]}\n`;
}
