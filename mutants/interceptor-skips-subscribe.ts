import type { Mutant } from "./support/mutant.ts";

export const interceptorSkipsSubscribe: Mutant = {
  name: "interceptor-skips-subscribe",
  description: "Leads SUBSCRIBE past the interceptors.",
  breaks: ["INTERCEPTOR-SEES-FRAMES"],
  alsoBreaks: [],
  mutate: (original) => ({
    intercept: (interceptors, frame, session) =>
      original.intercept(frame.command === "SUBSCRIBE" ? [] : interceptors, frame, session),
  }),
};
