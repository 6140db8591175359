import { falseEnd } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { renegotiate } from "./support/rewrite-core.ts";

/** Idle timeout: twice the heartbeat interval, because the silence factor is 2. */
const idleMs = 4000;

export default {
  description: "Closes a connection after 4 s without data from the client.",
  breaks: ["NO-FALSE-LEAVE"],
  alsoBreaks: falseEnd,
  // Like an idle timeout of the servlet container.
  mutate: (original) =>
    renegotiate(original, ({ sendsMs }) => (sendsMs === 0 ? { fromClientMs: idleMs / 2 } : {})),
} satisfies MutantFile;
