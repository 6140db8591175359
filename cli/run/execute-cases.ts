import type { CaseRecord } from "../../harness/judge/record.ts";
import {
  runWatched,
  type WatchedRunOptions,
  type WatchedRunResult,
} from "../../harness/run/death/watched-run.ts";
import type { PlannedRetries } from "../../harness/run/run-options.ts";
import { runSoak } from "../cases/soak.ts";
import { startDisplay } from "../progress/display.ts";
import { expectedCases } from "../progress/expected-cases.ts";
import { RunTracker } from "../progress/run-tracker.ts";
import { retriesInWords } from "../progress/words.ts";
import { soakMsOf, type RunArguments, type RunContext } from "./context.ts";

/** Results of the cases, with the number of rounds of a soak. */
export type ExecutedCases = WatchedRunResult & { readonly rounds?: number };

/** Number of runs of a case with a race. A soak repeats all cases anyway. */
const repeatsIn = { quick: 3, full: 10 } as const;

/** Runs the cases as the tier says, and shows progress on standard error. */
export async function executeCases(
  args: RunArguments & Pick<RunContext, "progress">,
  seed: number,
  options: Omit<WatchedRunOptions, "onRetries" | "tell"> & { readonly onCase: (done: CaseRecord) => void },
): Promise<ExecutedCases> {
  const { tier = "full" } = args;
  const now = () => performance.now();
  const expected = expectedCases(options.cases, options.profile, options.startOwnTarget !== undefined);
  const start = () => {
    const tracker = new RunTracker(expected, options.workers, now);
    return { tracker, display: startDisplay(tracker, args.progress) };
  };
  let { tracker, display } = start();
  const watched = {
    ...options,
    cases: options.cases.map((one) => RunTracker.watched(one, () => tracker)),
    onCase: (done: CaseRecord) => {
      tracker.decided(done);
      display.update();
      options.onCase(done);
    },
    tell: (words: string) => display.tell(words),
    onRetries: (planned: PlannedRetries) => display.tell(retriesInWords(planned, tracker.planned(planned))),
  };
  const onRound = (round: number) => {
    display.stop();
    ({ tracker, display } = start());
    display.tell(`Round ${round}`);
  };
  try {
    if (tier !== "soak") return await runWatched({ ...watched, repeats: repeatsIn[tier], triesAlone: true });
    return await runSoak(watched, { forMs: soakMsOf(args), seed, now, onRound });
  } finally {
    display.stop();
  }
}
