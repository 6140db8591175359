import { endAtAnyTime, falseEnd, union } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { rewriteListener } from "./support/rewrite-transport.ts";
import { runAfter } from "./support/rewrite-shell.ts";

/** Longer than any wait of the suite for a silent client's leave, shorter than the wait on idle connections. */
const timeToLiveMs = 5_000;

/** A heartbeat. */
const isEndOfLine = (chunk: string | Buffer): boolean => String(chunk).trim() === "";

export default {
  description: "Closes a session 5 s after its client's last frame, as a time-to-live does.",
  breaks: ["NO-FALSE-LEAVE"],
  alsoBreaks: union(falseEnd, endAtAnyTime, ["LEAVE-IN-TIME"]),
  mutate: (original) =>
    rewriteListener(original, (listener, connection) => {
      let latest = 0;
      const closeUnlessUsed = () => {
        const own = (latest += 1);
        runAfter(timeToLiveMs, () => {
          if (own === latest) connection.close(1000, "");
        });
      };
      closeUnlessUsed();
      return {
        received(chunk) {
          if (!isEndOfLine(chunk)) closeUnlessUsed();
          listener.received(chunk);
        },
        ended(...how) {
          latest += 1;
          listener.ended(...how);
        },
      };
    }),
} satisfies MutantFile;
