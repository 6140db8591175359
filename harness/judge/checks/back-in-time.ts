import type { Check } from "../check.ts";
import { personOf, sessionsOf } from "../../history/sessions/sessions.ts";
import { surelyBackUntilMs } from "../../history/sessions/windows.ts";
import { inconclusive, pass } from "../verdict.ts";

/** Checks that a client that left identified again so early in the declared grace that the target certainly received it in time. */
export function backInTime(): Check {
  return {
    name: "back-in-time",
    judge: ({ events, profile }) => {
      const [ended] = sessionsOf(events).filter((s) => s.end !== undefined && personOf(s) !== undefined);
      if (ended?.end === undefined) return inconclusive("no client left that could come back");
      const { end } = ended;
      const back = sessionsOf(events)
        .flatMap(({ identified }) => identified)
        .find(({ index, client }) => index > end.index && client === personOf(ended));
      if (back === undefined) return inconclusive(`${ended.actor} did not come back`);
      return back.atMs <= surelyBackUntilMs(end, profile)
        ? pass([end.index, back.index])
        : inconclusive(`${back.actor} came back too late in the grace to count for certain`);
    },
  };
}
