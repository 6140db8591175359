import type { MutantFile } from "./support/mutant.ts";
import { announceOnlyTo } from "./support/rewrite-shell.ts";

export default {
  description: "Tells a leave to WebSockets only.",
  breaks: ["EVERY-SUBSCRIBER-HEARS"],
  alsoBreaks: ["CONFIRMED-SUBSCRIBER-HEARS"],
  mutate: (original) =>
    announceOnlyTo(
      original,
      ({ connection }, { event }) => event !== "leave" || connection.transport.startsWith("websocket"),
    ),
} satisfies MutantFile;
