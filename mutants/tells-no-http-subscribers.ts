import type { MutantFile } from "./support/mutant.ts";
import { announceOnlyTo } from "./support/rewrite-shell.ts";

export default {
  description: "Sends a leave to WebSocket subscribers only.",
  breaks: ["EVERY-SUBSCRIBER-HEARS"],
  alsoBreaks: ["CONFIRMED-SUBSCRIBER-HEARS"],
  mutate: (original) =>
    announceOnlyTo(
      original,
      ({ connection }, { event }) => event !== "leave" || connection.transport.startsWith("websocket"),
    ),
} satisfies MutantFile;
