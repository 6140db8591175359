import type { Check } from "../harness/judge/check.ts";
import {
  blackhole,
  close,
  disconnect,
  fin,
  heardByAll,
  kill,
  leftInsideWindow,
  noFalseLeave,
  rst,
} from "../harness/index.ts";
import type { Fault, MakeFault } from "../harness/stage/faults/fault.ts";
import type { Stage } from "../harness/stage/stage.ts";
import type { JoinOptions } from "../harness/stage/actor/actor-options.ts";
import type { Axes, Checks } from "../harness/judge/judged-case.ts";
import { notApplicable } from "../harness/judge/verdict.ts";
import type { Need } from "../harness/scenario/scenario.ts";
import { askedAlways } from "./always.ts";

/** Way in which each of several clients of one scenario leaves. */
interface End {
  readonly fault: MakeFault;
  readonly requirement: string;
  readonly join?: Pick<JoinOptions, "by" | "heartbeats">;
  readonly needs?: readonly Need[];
}

const byDisconnect: End = { fault: disconnect, requirement: "LEAVE-ON-DISCONNECT" };

const ends: Readonly<Record<string, End>> = {
  disconnect: byDisconnect,
  close: { fault: close, requirement: "LEAVE-ON-CLOSE" },
  fin: { fault: fin, requirement: "LEAVE-ON-LOST-CONNECTION" },
  rst: { fault: rst, requirement: "LEAVE-ON-LOST-CONNECTION" },
  killed: {
    fault: kill,
    requirement: "LEAVE-ON-LOST-CONNECTION",
    join: { by: "process" },
    needs: ["signals"],
  },
  silence: {
    fault: blackhole,
    requirement: "LEAVE-ON-SILENCE",
    join: { heartbeats: true },
    needs: ["heartbeats"],
  },
};

/** Values of the axis `end`. */
export const endNames: readonly string[] = Object.keys(ends);

/** Returns the way of leaving of a case. */
export const endIn = ({ end = "" }: Axes): End => ends[end] ?? byDisconnect;

/**
 * Ends a control's session by itself, so that a target which loses one of two leaves at a time does not lose the control's. Silence
 * takes too long for that.
 */
export async function endControl(stage: Stage, fault: Fault): Promise<void> {
  await stage.inject(fault);
  if (fault.ends !== "silently") await stage.settling.untilHeard();
}

/**
 * Returns the checks of a scenario in which a person has several sessions. Beside each of them somebody with one session, its control,
 * leaves in the same way. A target that does not announce such an end of anybody fails the requirement of that end alone.
 * @param controls requirement for a notice of each control's end
 * @param sessions control of each session of the person
 */
export function checksOf<C extends string>(
  controls: Readonly<Record<C, string>>,
  sessions: Readonly<Record<string, NoInfer<C>>>,
): Checks {
  const all = Object.keys(controls);
  const own = Object.entries(sessions);
  const checks: Record<string, Check[]> = {};
  for (const [control, requirement] of Object.entries<string>(controls))
    checks[requirement] = [...(checks[requirement] ?? []), heardByAll(control)];
  return {
    ...checks,
    "SESSIONS-OF-ONE-PERSON": [
      ...own.map(([session, control]) => unlessMissed([control], heardByAll(session))),
      unlessMissed(all, noFalseLeave()),
    ],
    ...askedAlways,
    "LEAVE-IN-TIME": [
      ...all.map(leftInsideWindow),
      ...own.map(([session, control]) => unlessMissed([control], leftInsideWindow(session))),
    ],
  };
}

/** Makes a check not applicable if the target announces no such end, also not that of a control. */
function unlessMissed(controls: readonly string[], check: Check): Check {
  return {
    ...check,
    judge: (evidence) =>
      controls.some((control) => heardByAll(control).judge(evidence).kind === "fail")
        ? notApplicable("the target announces no such end, also not that of a person with one session")
        : check.judge(evidence),
  };
}
