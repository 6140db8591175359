import type { LiveSession } from "../reference-server/flow/live-session.ts";
import { everyCause, union, anyMissingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { announceOnlyTo } from "./support/rewrite-shell.ts";

export default {
  description: "Sends a leave to every second subscriber only.",
  breaks: ["EVERY-SUBSCRIBER-HEARS"],
  alsoBreaks: union(everyCause, anyMissingLeave),
  mutate(original) {
    const announced = new WeakMap<LiveSession, boolean>();
    let isNext = false;
    return announceOnlyTo(original, (listener, { event }) => {
      if (!announced.has(listener)) announced.set(listener, (isNext = !isNext));
      return event !== "leave" || announced.get(listener) === true;
    });
  },
} satisfies MutantFile;
