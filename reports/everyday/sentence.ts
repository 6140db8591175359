import { count } from "../words/text.ts";
import { bySeverity } from "./predicate.ts";
import type { EverydayRow } from "./table.ts";

/** The endings that users ask about most, in order. */
const best = ["tab", "disconnect", "lost", "killed", "reload", "polling"];

/** Returns two sentences: one about an ending that works, one about the worst failure. */
export function everydaySentence(rows: readonly EverydayRow[]): string {
  const judged = rows.filter(({ kind }) => kind !== "not-applicable");
  const good = judged.filter(({ kind }) => kind === "pass");
  if (judged.length === 0) return "No way of leaving was judged.";
  if (good.length === judged.length) return allNoticed(rows, judged);
  const [first] = good.toSorted(
    (a, b) => placeIn(best, (id) => id === a.way.id) - placeIn(best, (id) => id === b.way.id),
  );
  const alike = allAlike(rows, judged);
  if (alike !== undefined) return alike;
  const bad = judged
    .filter(({ kind }) => kind === "fail")
    .toSorted((a, b) => bySeverity(a.predicate, b.predicate));
  const [last] = bad.length > 0 ? bad : judged.filter(({ kind }) => kind === "inconclusive");
  return [
    ...[first, last].flatMap((row) => (row === undefined ? [] : sentenceOf(row))),
    ...alsoBad(bad.slice(1)),
  ].join(" ");
}

/** Number of further failing rows that are named. */
const namedMax = 2;

/** Returns a sentence about further rows that fail, if there are some. */
function alsoBad(rows: readonly EverydayRow[]): string[] {
  if (rows.length === 0) return [];
  const named = rows.slice(0, namedMax).map(({ does }) => does);
  const more = rows.length - named.length;
  const rest = more > 0 ? `, and in ${count(more)} more ${more === 1 ? "way" : "ways"} of leaving` : "";
  return [`The server also fails where a client ${named.join(", or ")}${rest}.`];
}

/** Returns a sentence about a row. The table names the variants that could not be tried. */
function sentenceOf({ way, subject, predicate, skipped }: EverydayRow): string {
  const untried =
    subject !== way.subject
      ? "; no browser was tried"
      : skipped.length === 0
        ? ""
        : ", as far as it was tried";
  return `${subject} ${predicate.words}${untried}.`;
}

/** What can be said at once of several ways of leaving that all fail in one way. */
const alikeWords: Readonly<Partial<Record<EverydayRow["predicate"]["severity"], string>>> = {
  "wrong person": "are all announced under a wrong name",
  "more than once": "are all announced more than once",
  "taken back": "are all announced, and then taken back",
  late: "are all noticed too late",
};

/** Returns a sentence about a run whose endings all fail in one way; undefined if they don't, or if there is only one. */
function allAlike(rows: readonly EverydayRow[], judged: readonly EverydayRow[]): string | undefined {
  const [first, ...others] = judged;
  if (first === undefined || others.length === 0) return undefined;
  const { severity } = first.predicate;
  const isAlike = ({ kind, predicate }: EverydayRow) =>
    kind === "fail" && predicate.severity === severity && predicate.isWhole === true;
  if (!judged.every(isAlike)) return undefined;
  const tried = judged.length === rows.length ? "" : " that were tried";
  const which = `${count(judged.length)} ways of leaving${tried}`;
  if (severity === "never noticed") return `None of the ${which} is noticed.`;
  const words = alikeWords[severity];
  return words === undefined ? undefined : `The ${which} ${words}.`;
}

function allNoticed(rows: readonly EverydayRow[], judged: readonly EverydayRow[]): string {
  const number = judged.length;
  const tried = number === 1 ? "way of leaving that was tried is" : "ways of leaving that were tried are";
  const which =
    number === rows.length
      ? `All ${count(number)} ways of leaving are noticed`
      : `The ${count(number)} ${tried} noticed`;
  const named = judged.some(({ named: { kind } }) => kind === "pass");
  const skipped = judged.flatMap((row) => row.skipped);
  return [
    `${which} in time and announced once${named ? ", under the right name" : ""}.`,
    ...(skipped.length === 0 ? [] : [`Not tried: ${skipped.join("; ")}.`]),
  ].join(" ");
}

/** Returns the index of the first matching item, or the length if none matches. */
function placeIn(list: readonly string[], matches: (item: string) => boolean): number {
  const place = list.findIndex(matches);
  return place < 0 ? list.length : place;
}
