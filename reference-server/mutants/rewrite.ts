import type { Effect } from "../core/model.ts";
import type { Parts } from "../parts.ts";

/** A core that does `rewrite(effect)` in the place of each effect. */
export function rewriteEffects(sound: Parts, rewrite: (effect: Effect) => readonly Effect[]): Partial<Parts> {
  return {
    step(...given) {
      const [session, effects] = sound.step(...given);
      return [session, effects.flatMap(rewrite)];
    },
  };
}

export function isLeave(effect: Effect): effect is Extract<Effect, { kind: "announce" }> {
  return effect.kind === "announce" && effect.notice.event === "leave";
}
