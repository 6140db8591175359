import { classOf } from "./classes.ts";
import type { DeclaredMutant } from "../../cli/mutants/judge-mutant.ts";
import { casesOf, needs, type Case } from "../../harness/scenario/scenario.ts";
import { phaseIn } from "../../scenarios/grid.ts";
import { scenarios } from "../../scenarios/index.ts";
import { everyValueIds } from "../../scenarios/tiers.ts";

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
  "LEAVE-NOT-TWICE",
  "NO-FALSE-LEAVE",
  "OTHERS-STAY-CONNECTED",
];

/** Transports that stand for the others where a mutant's own requirement is not judged. */
const usualTransports = ["websocket", "xhr-streaming"];

/** Scenarios that each mutant plays on every transport, if it can fail them. */
const onEveryTransport = ["leave/fin", "leave/disconnect-with-receipt", "silence/silent-drop"];

/** Number of cases in which only requirements are judged that suffer too. */
const othersMax = 40;

/**
 * Returns the cases among these that show a mutant: those of the requirements that it breaks, and a selection of those that suffer too. It
 * passes the cases that judge none of them.
 */
export function casesFor({ name, breaks, alsoBreaks }: DeclaredMutant, cases: readonly Case[]): Case[] {
  const particular = breaks.filter((id) => !judgedEverywhere.includes(id));
  const judges = ({ checks }: Case, ids: readonly string[]) => ids.some((id) => id in checks);
  const isOwn = (one: Case) => judges(one, particular);
  const others = cases.filter((one) => {
    if (isOwn(one) || !judges(one, [...breaks, ...alsoBreaks])) return false;
    if (needs(one, "browser") && !browserClasses.includes(classOf(name) ?? "")) return false;
    const { transport = "websocket", phase = "identified" } = one.axes;
    const isUsual = usualTransports.includes(transport) && phase === "identified";
    return isUsual || onEveryTransport.includes(one.scenario.id);
  });
  const step = Math.max(1, others.length / othersMax);
  const chosen = new Set(others.filter((_, place) => Math.floor(place / step) > Math.floor((place - 1) / step)));
  return cases.filter((one) => isOwn(one) || chosen.has(one));
}

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
