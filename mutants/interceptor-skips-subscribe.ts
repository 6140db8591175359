import type { MutantFile } from "./support/mutant.ts";

export default {
  description: "Hides SUBSCRIBE frames from the interceptors.",
  breaks: ["INTERCEPTOR-SEES-FRAMES"],
  alsoBreaks: [],
  mutate: (original) => ({
    intercept: (interceptors, frame, session) =>
      original.intercept(frame.command === "SUBSCRIBE" ? [] : interceptors, frame, session),
  }),
} satisfies MutantFile;
