import type { LiveSession } from "../reference-server/flow/live-session.ts";
import { everyCause, union, anyMissingLeave } from "./support/also-breaks.ts";
import type { MutantFile } from "./support/mutant.ts";
import { announceOnlyTo } from "./support/rewrite-shell.ts";

export default {
  description: "Tells a leave to every second subscriber.",
  breaks: ["EVERY-SUBSCRIBER-HEARS"],
  alsoBreaks: union(everyCause, anyMissingLeave),
  mutate(original) {
    const told = new WeakMap<LiveSession, boolean>();
    let isNext = false;
    return announceOnlyTo(original, (listener, { event }) => {
      if (!told.has(listener)) told.set(listener, (isNext = !isNext));
      return event !== "leave" || told.get(listener) === true;
    });
  },
} satisfies MutantFile;
