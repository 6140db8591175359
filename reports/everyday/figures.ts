import { isDefaultDeadline } from "../read/default-deadlines.ts";
import { duration } from "../words/text.ts";
import { leaversIn, type AnsweredCase } from "./answers.ts";

/** Delays of a row's leaves, and the deadline. */
export interface Figures {
  /** Median over all cases and observers. A missing leave counts as the longest delay. */
  readonly typical: string;
  readonly slowest: string;
  /** Ends in `defaultMark` if the deadline is hangup's default. */
  readonly allowed: string;
}

/** Marks a deadline that is hangup's default. */
export const defaultMark = "*";

const none = "–";
export const noFigures: Figures = { typical: none, slowest: none, allowed: none };

/** Returns the figures of the judged cases. */
export function figuresOf(judged: readonly AnsweredCase[]): Figures {
  const own = judged.flatMap(({ run }) => {
    const leavers = leaversIn(run);
    const isOwn = ({ actor }: { readonly actor: string }) => leavers.includes(actor);
    return { detections: run.detections.filter(isOwn), missed: (run.missed ?? []).filter(isOwn) };
  });
  const latencies = sorted(own.flatMap(({ detections }) => detections.map(({ latencyMs }) => latencyMs)));
  const missed = judged
    .filter(({ told }) => told === "never")
    .flatMap(({ run }) => (run.missed ?? []).filter(({ actor }) => leaversIn(run).includes(actor)));
  const due = sorted(
    own.flatMap(({ detections, missed }) => [...detections, ...missed].map(({ latestMs }) => latestMs)),
  );
  const nothing = judged.some(({ told }) => told === "never") ? "never" : none;
  const median = latencies[Math.ceil((latencies.length + missed.length) / 2) - 1];
  // Of a client that leaves while it joins, no leave is due where it was not announced.
  const isMissing = missed.length > 0 || judged.every(({ told }) => told === "never");
  const slowest = nothing === none ? latencies.at(-1) : undefined;
  return {
    typical: median !== undefined ? duration(median) : isMissing ? "never" : none,
    slowest: slowest === undefined ? nothing : duration(slowest),
    allowed: allowedWords(due[0], due.at(-1)),
  };
}

/** Returns the latest leave and its deadline: `4 s, where 1 s is allowed`; undefined if no case has its time. */
export function latestOf(judged: readonly AnsweredCase[]): string | undefined {
  const late = judged
    .filter(({ told }) => told === "late")
    .flatMap(({ run }) => run.detections.filter(({ actor }) => leaversIn(run).includes(actor)))
    .toSorted((a, b) => b.latencyMs - b.latestMs - (a.latencyMs - a.latestMs));
  return late[0] === undefined
    ? undefined
    : `${duration(late[0].latencyMs)}, where ${limit(late[0].latestMs)} is allowed`;
}

const sorted = (values: readonly number[]): number[] => values.filter(Number.isFinite).sort((a, b) => a - b);

function allowedWords(shortest: number | undefined, longest: number | undefined): string {
  if (shortest === undefined || longest === undefined) return none;
  const isDefault = isDefaultDeadline(longest);
  const [from, to] = [limit(shortest), limit(longest)];
  // Silent clients sent their last bytes at different times. Their deadlines differ only by that.
  const isOne = from === to || shortest > longest * 0.85;
  const range = isOne ? to : `${to.endsWith(" s") ? from.replace(/ s$/, "") : from}–${to}`;
  return `${range}${isDefault ? defaultMark : ""}`;
}

/** Renders a deadline with two digits. The time of a silent client's last byte is not known more precisely. */
export function limit(ms: number): string {
  const digits = Number(ms.toPrecision(2));
  if (digits < 1_000) return `${String(digits)} ms`;
  if (ms < 120_000) return `${String(digits / 1_000)} s`;
  return `${String(Number((ms / 60_000).toFixed(1)))} min`;
}
