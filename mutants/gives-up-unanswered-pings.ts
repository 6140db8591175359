import { falseEnd } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";

/** Shorter than any heartbeat that is promised in a second. */
const timeoutMs = 500;

export default {
  description: "Gives a client up that does not answer a ping at once, long before its heartbeat is due.",
  breaks: ["LEAVE-IN-TIME"],
  alsoBreaks: falseEnd,
  mutate: (original) => ({
    openWebSocket: (options, accept) =>
      original.openWebSocket({ ...options, transportHeartbeatMs: timeoutMs }, accept),
  }),
} satisfies MutantFile;
