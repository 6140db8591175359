import type { RunRecord } from "../../harness/judge/record.ts";
import { plain } from "../words/text.ts";
import { groupBy } from "./record-queries.ts";

/** Run with a name for readers, such as `before`. */
export interface NamedRun {
  readonly name: string;
  readonly record: RunRecord;
}

/** Circumstance in which runs differ, in words: `full (before), quick (after)`. */
export interface RunDifference {
  readonly what: string;
  readonly values: string;
}

/** Start of a list of differences. */
export const differencesTitle = "the runs differ in more than their results";

/** Circumstances that decide which cases a run has, and how they count. Undefined where a record does not know its own. */
const circumstances: Readonly<Record<string, (record: RunRecord) => string | undefined>> = {
  tier: tierOf,
  "selected cases": ({ selection }) => selection && selectedBy(selection),
  browser: ({ environment: { browser } }) => (browser === null ? "none" : plain(browser, 80)),
  "hangup and its catalogue": ({ tool }) => plain(tool.version, 40),
  "--strict": ({ strict }) => (strict ? "yes" : "no"),
};

/** Returns the circumstances in which runs differ, with the runs that share each value. */
export function runDifferences(runs: readonly NamedRun[]): readonly RunDifference[] {
  return Object.entries(circumstances).flatMap(([what, of]) => {
    const known = runs.flatMap(({ name, record }) => {
      const value = of(record);
      return value === undefined ? [] : [{ name: plain(name, 60), value }];
    });
    const byValue = [...groupBy(known, ({ value }) => value)];
    if (byValue.length < 2) return [];
    const words = byValue.map(([value, group]) => `${value} (${group.map(({ name }) => name).join(", ")})`);
    return [{ what, values: words.join(", ") }];
  });
}

/** Start of the note on a quick run. Records of earlier versions have no other sign of their tier. */
const quickNote = "The quick tier";

function tierOf({ selection, notes }: RunRecord): string | undefined {
  if (selection !== undefined) return plain(selection.tier, 40);
  return notes.some((note) => note.startsWith(quickNote)) ? "quick" : undefined;
}

function selectedBy({ grep, requirement, failed }: NonNullable<RunRecord["selection"]>): string {
  const options = [
    ...(failed === true ? ["--failed"] : []),
    ...(grep === undefined ? [] : [`--grep ${plain(grep, 80)}`]),
    ...(requirement === undefined ? [] : [`--requirement ${plain(requirement, 80)}`]),
  ];
  return options.length === 0 ? "all of the tier" : options.join(" ");
}
