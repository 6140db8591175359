import { falseEnd, union } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { observeResponses } from "./support/rewrite-transport.ts";

const toleranceMs = 50;

export default {
  description: "Ends a session when a poll is answered with a heartbeat only.",
  breaks: ["NO-FALSE-LEAVE"],
  alsoBreaks: union(falseEnd, [
    "EVERY-SUBSCRIBER-HEARS",
    "LEAVE-ON-DISCONNECT",
    "LEAVE-ON-LOST-CONNECTION",
    "NEVER-CONNECT-CLOSED",
  ]),
  mutate: (original) =>
    observeResponses(original, ({ transport }, response, listener, { transportHeartbeatMs }) => {
      const askedMs = performance.now();
      response.once("finish", () => {
        const isIdle = performance.now() - askedMs >= transportHeartbeatMs - toleranceMs;
        if (transport === "xhr" && isIdle) listener()?.ended("silence", "nothing happened");
      });
    }),
} satisfies MutantFile;
