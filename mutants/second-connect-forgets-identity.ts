import { withChanges } from "../reference-server/flow/core/model.ts";
import type { MutantFile } from "./support/mutant.ts";

export default {
  description: "Resets the session at a second CONNECT, and forgets its client data.",
  breaks: ["SECOND-CONNECT-NO-IDENTITY"],
  alsoBreaks: [],
  mutate: (original) => ({
    step(session, input, ...given) {
      const isAgain = input.kind === "frame" && input.frame.command === "CONNECT" && session.mapping !== null;
      return original.step(isAgain ? withChanges(session, { mapping: null }) : session, input, ...given);
    },
  }),
} satisfies MutantFile;
