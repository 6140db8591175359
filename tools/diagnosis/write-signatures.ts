/**
 * Writes reports/diagnosis/signatures.json from the results of `play-mutants.ts`: `npx tsx tools/diagnosis/write-signatures.ts DIR`.
 * A mutant that was not played again keeps its signature.
 */
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

const unlessEmpty = <Key extends string>(key: Key, value: object) =>
  Object.keys(value).length === 0 ? {} : ({ [key]: value } as Record<Key, Record<string, number[]>>);

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
    ...unlessEmpty("sometimes", places("sometimes")),
    ...unlessEmpty("open", places("open")),
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

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("which folder? write-signatures.ts DIR");
const read = async (name: string) =>
  JSON.parse(await readFile(join(folder, `${name}.json`), "utf8")) as Played;
const names = (await readdir(folder)).map((name) => name.replace(/\.json$/, ""));
const before = await readFile(file, "utf8").then(
  (text) => JSON.parse(text) as Signatures,
  () => undefined,
);
const unbroken = names.includes("unbroken") ? await read("unbroken") : undefined;
const cases =
  unbroken?.cases.filter(({ verdicts }) => verdicts.some(({ kind }) => kind === "pass")).map(({ id }) => id) ??
  before?.cases;
if (cases === undefined) throw new Error("play the unbroken server first");
const base: Signatures = {
  made: "tools/diagnosis/write-signatures.ts",
  hangup: version,
  cases,
  requirements: requirements.map(({ id }) => id),
  questions: unbroken === undefined ? (before?.questions ?? {}) : placesOf(unbroken, cases, "pass"),
  signatures: [],
};
const signatures: Signature[] = [];
for (const { name } of mutants) {
  const old = before?.signatures.find((one) => one.name === name);
  if (names.includes(name)) signatures.push(signatureOf(name, await read(name), base));
  else if (old !== undefined && before !== undefined) signatures.push(moved(old, before, base));
}
const line = (value: unknown) => JSON.stringify(value);
await writeFile(
  file,
  [
    `{"made":${line(base.made)},"hangup":${line(base.hangup)},`,
    `"cases":${line(cases)},`,
    `"requirements":${line(base.requirements)},`,
    `"questions":${line(base.questions)},`,
    `"signatures":[`,
    signatures.map(line).join(",\n"),
    "]}",
    "",
  ].join("\n"),
);
console.log(`${signatures.length} of ${mutants.length} signatures, ${cases.length} cases`);
