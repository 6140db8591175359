import type { MutantFile } from "./support/mutant.ts";

export default {
  description: "Keeps a connection for ever on which no CONNECT comes.",
  breaks: ["NEVER-CONNECT-CLOSED"],
  alsoBreaks: [],
  mutate: (original) => ({
    deadlineMs: (session, config) =>
      session.phase === "opened" ? Infinity : original.deadlineMs(session, config),
  }),
} satisfies MutantFile;
