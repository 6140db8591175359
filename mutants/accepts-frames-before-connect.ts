import { withChanges } from "../reference-server/flow/core/model.ts";
import type { MutantFile } from "./support/mutant.ts";

const early: readonly string[] = ["SEND", "SUBSCRIBE"];

export default {
  description: "Accepts SEND and SUBSCRIBE from a client that has not sent CONNECT.",
  breaks: ["NOTHING-BEFORE-CONNECT"],
  alsoBreaks: [],
  // Real defects: CVE-2025-41254 (Spring), CVE-2023-32081 (Vert.x).
  mutate: (original) => ({
    step(session, input, ...given) {
      const isEarly =
        session.phase === "opened" && input.kind === "frame" && early.includes(input.frame.command);
      if (!isEarly) return original.step(session, input, ...given);
      const [next, effects] = original.step(withChanges(session, { phase: "connected" }), input, ...given);
      return [next.phase === "connected" ? withChanges(next, { phase: "opened" }) : next, effects];
    },
  }),
} satisfies MutantFile;
