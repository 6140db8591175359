import { readFileSync } from "node:fs";
import * as z from "zod";
import { questionOf, type Question } from "./cells.ts";
import type { Asked, Cause, Prediction } from "./cause.ts";

const indices = z.array(z.int().nonnegative());
/** Indices of cases by question. */
const casesByQuestion = z.record(z.string(), indices);

const signature = z.strictObject({
  /** Name of the mutant. */
  name: z.string(),
  class: z.string(),
  description: z.string(),
  playedOn: z.iso.date(),
  requirements: indices.describe("Requirements that it may fail. It passes all others."),
  played: indices.describe("Cases that were played."),
  fails: casesByQuestion.describe("Questions that the mutant failed."),
  sometimes: casesByQuestion.exactOptional().describe("Questions that it failed in some attempts."),
  open: casesByQuestion.exactOptional().describe("Questions without a verdict."),
});

const schema = z.strictObject({
  made: z.string(),
  hangup: z.string(),
  cases: z.array(z.string()),
  requirements: z.array(z.string()),
  questions: casesByQuestion.describe("Cases in which the unbroken server passes the question."),
  signatures: z.array(signature),
});

/** Signatures of known defects: the answers of each mutant to the questions that the unbroken server passes. */
export type Signatures = z.infer<typeof schema>;
export type Signature = Signatures["signatures"][number];

let read: Signatures | undefined;

/** Returns the stored signatures. */
export const storedSignatures = (): Signatures =>
  (read ??= schema.parse(JSON.parse(readFileSync(new URL("./signatures.json", import.meta.url), "utf8"))));

/** Returns a cause for each signature. */
export function causesOf(stored: Signatures): readonly Cause[] {
  const places = new Map(stored.cases.map((id, place) => [id, place]));
  const neighbours = neighboursIn(stored);
  return stored.signatures.map((one) => {
    const at = answersOf(one, stored);
    const mayFail = new Set(one.requirements.map((place) => stored.requirements[place]));
    const predict = (asked: Asked): Prediction => {
      if (!mayFail.has(asked.requirement)) return "pass";
      const question = questionOf(asked);
      const known = at(question, places.get(asked.run.id));
      if (known !== "unknown") return known;
      return agreed(
        neighbours(asked).map((level) =>
          level.map((near) => at(question, near)).filter((answer) => answer !== "unknown"),
        ),
      );
    };
    const found = { sentence: sentenceOf(one.description), predict };
    return { id: one.name, class: one.class, look: () => found };
  });
}

/** Returns `The server announces every leave twice.` for `Announces every leave twice.` */
const sentenceOf = (description: string): string =>
  `The server ${description.charAt(0).toLowerCase()}${description.slice(1)}`;

/** Returns a mutant's answer to a question in a case. */
function answersOf({ fails, sometimes = {}, open = {}, played }: Signature, { questions }: Signatures) {
  const sets = (given: z.infer<typeof casesByQuestion>) =>
    new Map(Object.entries(given).map(([question, cases]) => [question, new Set(cases)]));
  const known = [
    ["fail", sets(fails)],
    ["either", sets(sometimes)],
    ["unknown", sets(open)],
    ["pass", sets(questions)],
  ] as const;
  const wasPlayed = new Set(played);
  return (question: Question, place: number | undefined): Prediction => {
    if (place === undefined || !wasPlayed.has(place)) return "unknown";
    return known.find(([, cases]) => cases.get(question)?.has(place) === true)?.[0] ?? "unknown";
  };
}

/** Returns the answer of the first level that has any, if all its answers agree; else `unknown`. */
function agreed(levels: readonly (readonly Prediction[])[]): Prediction {
  const [first = "unknown", ...others] = levels.find((level) => level.length > 0) ?? [];
  return others.every((one) => one === first) ? first : "unknown";
}

/**
 * Returns a function that finds the cases nearest to a case, with the same question, in levels: those of the same scenario on the same
 * transport, in the same phase on it, the same scenario on any transport, the same phase on any.
 */
function neighboursIn({ cases, questions }: Signatures): (asked: Asked) => readonly (readonly number[])[] {
  const parts = cases.map(partsOf);
  const found = new Map<string, readonly (readonly number[])[]>();
  return (asked) => {
    const question = questionOf(asked);
    const key = `${question} ${asked.run.id}`;
    const before = found.get(key);
    if (before !== undefined) return before;
    const wanted = partsOf(asked.run.id);
    const among = questions[question] ?? [];
    const near = (...same: (keyof typeof wanted)[]) =>
      same.some((part) => wanted[part] === undefined)
        ? []
        : among.filter((place) => same.every((part) => parts[place]?.[part] === wanted[part]));
    const levels = [
      near("scenario", "transport"),
      near("phase", "transport"),
      near("scenario"),
      near("phase"),
    ];
    found.set(key, levels);
    return levels;
  };
}

/** Returns the scenario, transport and phase of a case id. */
function partsOf(id: string) {
  const axis = (name: string) => new RegExp(`[[,]${name}=([^,\\]]+)`).exec(id)?.[1];
  return { scenario: id.replace(/\[.*/s, ""), transport: axis("transport"), phase: axis("phase") };
}
