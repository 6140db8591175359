import type { Rule } from "../cause.ts";
import { all, seenEndings } from "../leaves.ts";

/** A leave that is being sent gets lost when another session ends. */
export const lostBesideAnotherEnd: Rule = {
  class: "lost-notice",
  refines: "forgets-notice-when-another-ends",
  look({ cells }) {
    if (
      !all(
        "arrived",
        cells.filter(({ run }) => run.axes["phase"] !== "hearing"),
        {
          of: seenEndings,
          least: 3,
        },
      )
    )
      return undefined;
    const lost = cells.filter(
      ({ failed, requirement, run }) =>
        failed && requirement === "ALL-AT-ONCE-ALL-TOLD" && run.axes["phase"] === "hearing",
    );
    if (lost.length < 2) return undefined;
    return {
      sentence:
        "A leave gets lost when another session ends while the server sends it. A loop over the sessions that stops at a closed one does this.",
      predict: ({ requirement, check, run }) =>
        requirement === "ALL-AT-ONCE-ALL-TOLD" ||
        (run.axes["phase"] === "hearing" && check === "heard-by-all")
          ? "either"
          : "unknown",
    };
  },
};
