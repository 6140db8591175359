const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** Returns a whole number with a comma before every three digits: `1,048,576`. */
export const count = (value: number): string => grouped.format(value);

/** Returns `2 leaves` for `2` and `leave`. */
export const countOf = (value: number, noun: string): string =>
  `${count(value)} ${noun}${value === 1 ? "" : "s"}`;

/** Returns `1.234 s` for `1234` milliseconds. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(3)} s`;

/** Returns milliseconds in the unit that reads best: `0.4 ms`, `123 ms`, `9.8 s`, `2 min 5 s`. */
export function duration(ms: number): string {
  if (!Number.isFinite(ms)) return "an unknown time";
  const size = Math.abs(ms);
  if (size < 9.95) return `${Number(ms.toFixed(1))} ms`;
  if (size < 999.5) return `${ms.toFixed(0)} ms`;
  if (size < 59_950) return `${Number((ms / 1000).toFixed(size < 9995 ? 2 : 1))} s`;
  const rounded = Math.round(ms / 1000);
  return `${count(Math.trunc(rounded / 60))} min ${rounded % 60} s`;
}

/** Maximum number of names in a sentence. */
const listedMax = 3;

/** Returns the first names, and the number of the others: `a, b, c and 2 more`. */
export function listed(names: readonly string[]): string {
  const others = names.length - listedMax;
  return names.slice(0, listedMax).join(", ") + (others > 0 ? ` and ${count(others)} more` : "");
}

/** Reason of a check that does not apply by the policy `last`. */
export const unannounced =
  "by the declared policy the target does not announce this end, because the person had other sessions";

/** Reason of a check that does not apply because no declared mechanism notices the end. */
export const undeclared = "the profile declares no mechanism that notices such an end";

/** Returns an error's message. A thrown value that is no error becomes a text. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
