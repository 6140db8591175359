import { union, missingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { ignoreConnectionEnds } from "./support/rewrite-transport.ts";

export default {
  description:
    "Does not end an HTTP session whose client just stops: only DISCONNECT or missed heartbeats end it.",
  breaks: ["LEAVE-ON-LOST-CONNECTION"],
  alsoBreaks: union(["LEAVE-ON-VIOLATION"], missingLeave.silent),
  mutate: (original) =>
    ignoreConnectionEnds(original, ({ connection }) => !connection.transport.startsWith("websocket")),
} satisfies MutantFile;
