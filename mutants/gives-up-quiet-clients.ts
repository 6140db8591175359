import { falseEnd } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { renegotiate } from "./support/rewrite-core.ts";

/** Twice the interval is what a client gets; so long is it left in peace. */
const idleMs = 4000;

export default {
  description: "Closes a connection on which a client has nothing to say for a few seconds.",
  breaks: ["NO-FALSE-LEAVE"],
  alsoBreaks: falseEnd,
  // An idle time-out of the container, shorter than anybody's heartbeats.
  mutate: (original) =>
    renegotiate(original, ({ sendsMs }) => (sendsMs === 0 ? { fromClientMs: idleMs / 2 } : {})),
} satisfies MutantFile;
