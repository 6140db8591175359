import { changed } from "../reference-server/flow/core/model.ts";
import type { Mutant } from "./support/mutant.ts";

export const secondConnectForgetsIdentity: Mutant = {
  name: "second-connect-forgets-identity",
  description: "Begins a session anew at every CONNECT, and so no longer knows who it was.",
  breaks: ["SECOND-CONNECT-NO-IDENTITY"],
  alsoBreaks: [],
  mutate: (sound) => ({
    step(session, input, ...given) {
      const isAgain = input.kind === "frame" && input.frame.command === "CONNECT" && session.mapping !== null;
      return sound.step(isAgain ? changed(session, { mapping: null }) : session, input, ...given);
    },
  }),
};
