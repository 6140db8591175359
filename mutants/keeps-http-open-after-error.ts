import type { MutantFile } from "./support/mutant.ts";

export default {
  description: "Closes the connection after ERROR on WebSocket only.",
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
