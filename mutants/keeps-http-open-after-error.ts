import type { MutantFile } from "./support/mutant.ts";

export default {
  description: "Closes after ERROR only where there is a WebSocket to close.",
  breaks: ["ERROR-THEN-CLOSE"],
  alsoBreaks: ["CONNECT-NO-COMMON-VERSION", "NEVER-CONNECT-CLOSED"],
  mutate: (original) => ({
    perform(effect, live, context) {
      const isAfterError = effect.kind === "close" && live.session.cause === "error";
      if (isAfterError && !live.connection.transport.startsWith("websocket")) return;
      original.perform(effect, live, context);
    },
  }),
} satisfies MutantFile;
