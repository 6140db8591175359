import type { MutantFile } from "./support/mutant.ts";

export default {
  description: "Keeps a connection forever without a CONNECT.",
  breaks: ["NEVER-CONNECT-CLOSED"],
  alsoBreaks: [],
  mutate: (original) => ({
    deadlineMs: (session, config) =>
      session.phase === "opened" ? Infinity : original.deadlineMs(session, config),
  }),
} satisfies MutantFile;
