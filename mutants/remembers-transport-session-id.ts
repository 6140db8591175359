import type { ClientData } from "../reference-server/flow/core/identify-message.ts";
import { frame } from "../reference-server/stomp/frame.ts";
import type { MutantFile } from "./support/mutant.ts";

export default {
  description: "Restores client data by the session id in the path, which an earlier client used.",
  breaks: ["REUSED-ID-NEW-IDENTITY", "RECONNECT-IDENTIFIES-ANEW"],
  alsoBreaks: ["LEAVE-NOT-TWICE"],
  mutate(original) {
    const known = new Map<string, ClientData>();
    return {
      perform(effect, live, context) {
        original.perform(effect, live, context);
        const { sessionId } = live.connection;
        if (sessionId === null) return;
        if (effect.kind === "put") known.set(sessionId, effect.mapping.clientData);
        const clientData = known.get(sessionId);
        const hasConnected = effect.kind === "publish" && effect.event.name === "session-connected";
        if (!hasConnected || clientData === undefined) return;
        const identify = frame("SEND", { destination: "/ws" }, JSON.stringify({ clientData }));
        live.dispatch({ kind: "frame", frame: identify });
      },
    };
  },
} satisfies MutantFile;
