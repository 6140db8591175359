import { falseEnd, union } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { observeResponses } from "./support/rewrite-transport.ts";

const streaming: readonly string[] = ["xhr_streaming", "eventsource", "htmlfile"];

export default {
  description: "Ends a session when the server itself ends its streaming response.",
  breaks: ["NO-FALSE-LEAVE"],
  alsoBreaks: union(falseEnd, [
    "EVERY-SUBSCRIBER-HEARS",
    "LEAVE-IN-TIME",
    "LEAVE-ON-DISCONNECT",
    "LEAVE-ON-LOST-CONNECTION",
    "NEVER-CONNECT-CLOSED",
  ]),
  mutate: (original) =>
    observeResponses(original, ({ transport }, response, listener) => {
      if (!streaming.includes(transport)) return;
      response.once("finish", () => listener()?.ended("lost", "the stream ended"));
    }),
} satisfies MutantFile;
