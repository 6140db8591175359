import type { Mutant } from "./support/mutant.ts";

export const keepsHttpOpenAfterError: Mutant = {
  name: "keeps-http-open-after-error",
  description: "Closes after ERROR only where there is a WebSocket to close.",
  breaks: ["ERROR-THEN-CLOSE"],
  alsoBreaks: ["CONNECT-NO-COMMON-VERSION", "NEVER-CONNECT-CLOSED"],
  mutate: (sound) => ({
    perform(effect, live, hub) {
      const isAfterError = effect.kind === "close" && live.session.cause === "error";
      if (isAfterError && !live.link.transport.startsWith("websocket")) return;
      sound.perform(effect, live, hub);
    },
  }),
};
