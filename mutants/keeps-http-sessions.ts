import { union, missingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { ignoreConnectionEnds } from "./support/rewrite-transport.ts";

export default {
  description: "Does not notice that an HTTP session ends without DISCONNECT or missed heartbeats, as when polls stop.",
  breaks: ["LEAVE-ON-LOST-CONNECTION"],
  alsoBreaks: union(["LEAVE-ON-VIOLATION"], missingLeave.silent),
  mutate: (original) =>
    ignoreConnectionEnds(original, ({ connection }) => !connection.transport.startsWith("websocket")),
} satisfies MutantFile;
