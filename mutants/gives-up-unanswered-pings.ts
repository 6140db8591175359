import { falseEnd } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";

/** Shorter than the shortest heartbeat interval in the suite, 1 s. */
const timeoutMs = 500;

export default {
  description: "Closes a client that does not answer a ping within 500 ms, before its heartbeat is due.",
  breaks: ["LEAVE-IN-TIME"],
  alsoBreaks: falseEnd,
  mutate: (original) => ({
    openWebSocket: (options, accept) =>
      original.openWebSocket({ ...options, transportHeartbeatMs: timeoutMs }, accept),
  }),
} satisfies MutantFile;
