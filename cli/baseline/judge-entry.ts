import type { AgainstBaseline, RunRecord } from "../../harness/judge/record.ts";
import { universalChecks } from "../../harness/judge/universal-checks.ts";
import type { Case } from "../../harness/scenario/scenario.ts";
import { countOf } from "../../reports/words/text.ts";
import { probabilityOfChange } from "./rates/binomial.ts";
import type { BaselineEntry } from "./file.ts";
import { matchesPattern } from "./pattern.ts";
import { racesOf } from "./rates/further-races.ts";
import { isClearlyHigher, percent, sumOf, talliesOf, tallyIn, tallyOf } from "./rates/rate.ts";

/** All cases that exist, whether or not the run includes them. */
export type BaselineCatalogue = readonly Pick<Case, "id" | "needs" | "checks">[];

/** Result for one entry. */
export interface JudgedEntry {
  readonly entry: BaselineEntry;
  /** Reason why the entry accepts nothing. */
  readonly refuses?: string;
  /** Reasons why the entry accepts nothing in some cases, by case id. */
  readonly refusesIn?: ReadonlyMap<string, string>;
  /** True if it refuses because of its rate only. */
  readonly isByRate?: boolean;
  readonly obsolete?: Omit<AgainstBaseline["obsolete"][number], "requirement" | "cases">;
  /** Remark on an entry that may be obsolete. */
  readonly warning?: string;
}

export interface EntryContext {
  readonly catalogue: BaselineCatalogue;
  /** Current day as an ISO 8601 date: YYYY-MM-DD. */
  readonly today: string;
  /** Number of updates of the baseline. */
  readonly updates: number;
  /** All entries of the baseline. */
  readonly entries: readonly BaselineEntry[];
  /** Probability below which a rate is higher than by chance. */
  readonly level: number;
}

type Run = Pick<RunRecord, "cases" | "environment">;

/** Highest probability of passes by chance at which an entry that always failed is obsolete. */
export const passesByChanceMax = 0.05;

/** Returns the catalogue's cases that judge an entry's requirement and match its pattern. */
export const casesAsking = ({ requirement, cases }: BaselineEntry, catalogue: BaselineCatalogue) =>
  catalogue.filter(
    ({ id, checks }) =>
      matchesPattern(cases, id) && (requirement in checks || requirement in universalChecks),
  );

/** Judges one entry by a run: the verdicts that it does not accept, and the reason why it is obsolete. */
export function judgeEntry(entry: BaselineEntry, run: Run, context: EntryContext): JudgedEntry {
  const obsolete = mismatch(entry, context.catalogue);
  if (obsolete !== undefined) return { entry, obsolete };
  const { expires, maxRate } = entry;
  if (expires <= context.today) {
    const words = `expired on ${expires}; fix the failure, or set a new \`expires\` and explain it in \`reason\``;
    return { entry, refuses: `its entry expired on ${expires}`, obsolete: { kind: "expired", words } };
  }
  if (maxRate !== undefined) return { entry, ...judgeRate(entry, maxRate, run, context), isByRate: true };
  return passesIn(entry, run, context.catalogue) ? judgePass(entry, run, context) : { entry };
}

function mismatch(
  { requirement, cases, ...rest }: BaselineEntry,
  catalogue: BaselineCatalogue,
): JudgedEntry["obsolete"] {
  if (!catalogue.some(({ id }) => matchesPattern(cases, id)))
    return {
      kind: "unmatched",
      words: "no case id matches the pattern; fix `cases`, or remove the entry",
    };
  if (casesAsking({ requirement, cases, ...rest }, catalogue).length > 0) return undefined;
  return {
    kind: "stale",
    words: `no case of this entry tests ${requirement} any more; remove the entry`,
  };
}

/** Compares the rate of the whole entry, and the rate of each of its cases, with the accepted one. */
function judgeRate(
  entry: BaselineEntry,
  maxRate: number,
  { cases }: Run,
  { entries, level }: EntryContext,
): Pick<JudgedEntry, "refuses" | "refusesIn"> {
  const own = talliesOf(entry, cases, entries);
  const words = ({ occurrences, attempts }: ReturnType<typeof sumOf>) =>
    `${entry.accepts === "inconclusive" ? "it was inconclusive" : "it failed"} in ${occurrences} of ${countOf(attempts, "attempt")}, clearly more often than the ${percent(maxRate)} that its entry accepts`;
  const all = sumOf(own.map(({ tally }) => tally));
  if (isClearlyHigher(all, maxRate, level)) return { refuses: words(all) };
  const higher = own.filter(({ tally }) => isClearlyHigher(tally, maxRate, level));
  return { refusesIn: new Map(higher.map(({ id, tally }) => [id, words(tally)])) };
}

/** Returns true if all cases of an entry ran, and each that judged the requirement passed. */
export function passesIn(
  entry: BaselineEntry,
  { cases, environment }: Run,
  catalogue: BaselineCatalogue,
): boolean {
  const own = cases.filter(({ id }) => matchesPattern(entry.cases, id));
  const verdicts = own.flatMap((one) =>
    one.verdicts.filter(({ requirement }) => requirement === entry.requirement),
  );
  // A case that did not run may still fail.
  const ran = new Set(cases.map(({ id }) => id));
  const wasAsked = ({ id, needs }: BaselineCatalogue[number]) =>
    ran.has(id) && (environment.browser !== null || !needs.includes("browser"));
  return (
    own.some((one) => tallyIn(one, entry)?.occurrences === 0) &&
    casesAsking(entry, catalogue).every(wasAsked) &&
    verdicts.every(({ kind }) => kind === "pass" || kind === "not-applicable")
  );
}

/**
 * Judges an entry whose cases failed in every attempt of every update, and pass now. After one update that is a fix. After
 * several, the updates may always have lost a race, so a pass or two prove nothing. If the requirement races in other cases, no
 * number of passes does.
 */
function judgePass(entry: BaselineEntry, { cases }: Run, { entries, updates }: EntryContext): JudgedEntry {
  const before = tallyOf(entry);
  const now = sumOf(talliesOf(entry, cases, entries).map(({ tally }) => tally));
  const mayRace = racesOf(entry.requirement, entries).length > 0;
  if (
    before === undefined ||
    updates < 2 ||
    (!mayRace && probabilityOfChange(before.attempts, now.attempts) < passesByChanceMax)
  )
    return {
      entry,
      obsolete: {
        kind: "passes",
        words:
          "it passes now; remove the entry (`--update-baseline --drop-passed`). If it comes and goes, run `--update-baseline` again",
      },
    };
  return {
    entry,
    warning: `${entry.requirement} in ${entry.cases} passed in ${countOf(now.attempts, "attempt")}, after ${countOf(before.attempts, "failure")}. That may be a fix or a race: \`--update-baseline\` counts it as a race, with \`--drop-passed\` as a fix.`,
  };
}
