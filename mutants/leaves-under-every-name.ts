import { personOf } from "../reference-server/flow/core/identify-message.ts";
import type { ClientData } from "../reference-server/flow/core/identify-message.ts";
import type { MutantFile } from "./support/mutant.ts";
import { isLeave } from "./support/rewrite-core.ts";

export default {
  description: "Keeps all client data of a session, and announces a leave for each item.",
  breaks: ["IDENTIFY-LAST-WINS"],
  alsoBreaks: ["LEAVE-NOT-TWICE", "MALFORMED-IDENTIFY-HARMLESS"],
  // Like a table with one row per identify, and a loop over the session's rows.
  mutate(original) {
    const names = new Map<string, Map<string, ClientData>>();
    return {
      perform(effect, live, context) {
        const own = names.get(live.session.id) ?? new Map<string, ClientData>();
        names.set(live.session.id, own);
        if (effect.kind === "put") own.set(effect.mapping.person, effect.mapping.clientData);
        if (isLeave(effect)) {
          own.delete(personOf(effect.notice.clientData));
          for (const clientData of own.values()) {
            original.perform({ ...effect, notice: { ...effect.notice, clientData } }, live, context);
          }
        }
        original.perform(effect, live, context);
      },
    };
  },
} satisfies MutantFile;
