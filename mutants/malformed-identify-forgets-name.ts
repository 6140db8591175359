import { withChanges } from "../reference-server/flow/core/model.ts";
import { readIdentify } from "../reference-server/flow/core/identify-message.ts";
import type { MutantFile } from "./support/mutant.ts";

export default {
  description: "Forgets a session's client data when it receives a malformed identify.",
  breaks: ["MALFORMED-IDENTIFY-HARMLESS", "NAME-KEPT-WITHOUT-NEW-ONE"],
  alsoBreaks: [],
  mutate: (original) => ({
    step(session, input, ...given) {
      const isMalformed =
        input.kind === "frame" &&
        input.frame.command === "SEND" &&
        session.mapping !== null &&
        typeof readIdentify(input.frame.body) === "string";
      return original.step(isMalformed ? withChanges(session, { mapping: null }) : session, input, ...given);
    },
  }),
} satisfies MutantFile;
