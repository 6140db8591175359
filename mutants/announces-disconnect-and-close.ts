import type { Effect } from "../reference-server/flow/core/model.ts";
import { toldTwice } from "./support/consequences.ts";
import type { Mutant } from "./support/mutant.ts";
import { isLeave } from "./support/rewrite.ts";

export const announcesDisconnectAndClose: Mutant = {
  name: "announces-disconnect-and-close",
  description: "Tells a leave at DISCONNECT, and again when the connection closes.",
  breaks: ["LEAVE-NOT-TWICE"],
  alsoBreaks: toldTwice,
  mutate(sound) {
    const told = new Map<string, Effect>();
    return {
      step(session, input, ...given) {
        const [next, effects] = sound.step(session, input, ...given);
        const leave = effects.find(isLeave);
        if (leave?.notice.cause === "disconnect") told.set(session.id, leave);
        const again = input.kind === "gone" ? told.get(session.id) : undefined;
        return [next, again === undefined ? effects : [...effects, again]];
      },
    };
  },
};
