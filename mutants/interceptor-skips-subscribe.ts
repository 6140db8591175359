import type { MutantFile } from "./support/mutant.ts";

export default {
  description: "Leads SUBSCRIBE past the interceptors.",
  breaks: ["INTERCEPTOR-SEES-FRAMES"],
  alsoBreaks: [],
  mutate: (original) => ({
    intercept: (interceptors, frame, session) =>
      original.intercept(frame.command === "SUBSCRIBE" ? [] : interceptors, frame, session),
  }),
} satisfies MutantFile;
