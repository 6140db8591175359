import type { CaseRecord, CheckRecord } from "../../harness/judge/record.ts";
import { inconclusive, pass, type Verdict } from "../../harness/judge/verdict.ts";
import { caseOf, checkOf } from "./build.ts";

const yes = pass([1]);

/** How a case of `ending` went; well by default. */
export interface SampleEnding {
  readonly transport?: string;
  readonly phase?: string;
  readonly told?: Verdict;
  readonly timely?: Verdict;
  readonly once?: Verdict;
  readonly named?: Verdict;
  /** Latency in milliseconds; null where no leave came. */
  readonly afterMs?: number | null;
  readonly latestMs?: number;
}

/** A case in which alice leaves, as a run records it. */
export function ending(scenario: string, how: SampleEnding = {}): CaseRecord {
  const { transport = "websocket", phase = "identified", told = yes, afterMs = 5, latestMs = 1_000 } = how;
  const { timely = yes, once = yes, named = yes } = how;
  const ofAlice = { actor: "alice", observer: "bob", cause: "fin", latestMs };
  const isTold = told.kind === "pass" && afterMs !== null;
  const checks: CheckRecord[] = [
    checkOf("LEAVE-ON-LOST-CONNECTION", "heard-by-all(alice)", told),
    checkOf(
      "LEAVE-IN-TIME",
      "left-inside-window(alice)",
      told.kind === "pass" ? timely : inconclusive("no leave"),
    ),
    checkOf("LEAVE-NOT-TWICE", "no-leave-twice", once),
    checkOf("NO-FALSE-LEAVE", "no-false-leave", named),
  ];
  return caseOf(`${scenario}[transport=${transport},phase=${phase}]`, "", checks, {
    axes: { transport, phase },
    detections: isTold ? [{ ...ofAlice, latencyMs: afterMs, earliestMs: null }] : [],
    ...(told.kind === "fail" ? { missed: [ofAlice] } : {}),
  });
}
