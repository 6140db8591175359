import { columnsOf } from "../../cli/mutants/columns.ts";
import type { DeclaredMutant } from "../../cli/mutants/judge-mutant.ts";
import { columnKey } from "../../reports/kill-matrix/record.ts";
import { casesOf, needs, type Case } from "../../harness/scenario/scenario.ts";
import { phaseIn } from "../../scenarios/grid.ts";
import { scenarios } from "../../scenarios/index.ts";
import { everyValueIds } from "../../scenarios/tiers.ts";
import { classOf } from "./classes.ts";

/** Phases besides `identified` that a signature needs, by scenario: one end by a goodbye and one without. */
const otherPhases: Readonly<Record<string, readonly string[]>> = {
  "leave/disconnect-with-receipt": ["websocket"],
  "leave/close": ["websocket"],
  "leave/fin": ["websocket", "xhr-streaming"],
};

/** Classes of defects that show in a browser's endings. */
const browserClasses = ["missed-end", "silence", "repeated-leave", "late-leave"];

/** Requirements that most cases judge. They select no case by themselves on every transport. */
const judgedEverywhere = [
  "GONE-STAYS-GONE",
  "LEAVE-IN-TIME",
  "LEAVE-NAMES-THE-LEAVER",
  "LEAVE-NOT-TWICE",
  "NO-FALSE-LEAVE",
  "OTHERS-STAY-CONNECTED",
];

/** Number of cases in which only requirements are judged that suffer too. */
const othersMax = 24;

/** Largest number of cases with the same check of the same requirement that are all played. */
const columnMax = 12;

/**
 * Returns the cases among these that show a mutant: those that judge what it breaks, and a selection of the others in which it may fail. It passes
 * the cases that judge nothing of it. Of a check that nearly every case has, it plays the first case of each scenario.
 */
export function casesFor({ name, breaks, alsoBreaks }: DeclaredMutant, cases: readonly Case[]): Case[] {
  const judges = ({ checks }: Case, ids: readonly string[]) => ids.some((id) => id in checks);
  const particular = breaks.filter((id) => !judgedEverywhere.includes(id));
  const byColumn = new Map<string, Case[]>();
  for (const one of cases)
    for (const column of columnsOf([one]))
      if (breaks.includes(column.requirement))
        byColumn.set(columnKey(column), [...(byColumn.get(columnKey(column)) ?? []), one]);
  const shown = new Set(
    [...byColumn.values()].flatMap((column) => (column.length <= columnMax ? column : firstOfEach(column))),
  );
  const isOwn = (one: Case) => judges(one, particular) || shown.has(one);
  const inBrowser = browserClasses.includes(classOf(name) ?? "");
  const all = cases.filter(
    (one) =>
      judges(one, [...breaks, ...alsoBreaks]) &&
      (inBrowser || !needs(one, "browser") || judges(one, particular)),
  );
  const others = all.filter((one) => !isOwn(one) && phaseIn(one.axes) === "identified");
  const step = Math.max(1, others.length / othersMax);
  const chosen = new Set(
    others.filter((_, place) => Math.floor(place / step) > Math.floor((place - 1) / step)),
  );
  return all.filter((one) => isOwn(one) || chosen.has(one));
}

const firstOfEach = (cases: readonly Case[]): readonly Case[] => [
  ...new Map(cases.toReversed().map((one) => [one.scenario.id, one])).values(),
];

/** Returns the cases of signatures: each scenario, each transport of an identified client, and few other phases. */
export function casesOfSignatures(): Case[] {
  const chosen = everyValueIds(scenarios);
  return scenarios
    .filter(({ isProperty }) => isProperty !== true)
    .flatMap(casesOf)
    .filter(({ id, axes, scenario }) => {
      const { transport, phase } = axes;
      if (transport === undefined || phase === undefined) return transport !== undefined || chosen.has(id);
      return phaseIn(axes) === "identified" || otherPhases[scenario.id]?.includes(transport) === true;
    });
}
