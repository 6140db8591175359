import { versions } from "../reference-server/stomp/frame.ts";
import type { Mutant } from "./support/mutant.ts";
import { rewriteFrames, withHeader } from "./support/rewrite-core.ts";

export const connectsWithoutCommonVersion: Mutant = {
  name: "connects-without-common-version",
  description: "Answers every CONNECT with its own version, whatever the client speaks.",
  breaks: ["CONNECT-NO-COMMON-VERSION"],
  alsoBreaks: [],
  mutate: (original) =>
    rewriteFrames(original, (frame) => {
      const offered = frame.headers.get("accept-version")?.split(",");
      const hasCommon = offered === undefined || versions.some((version) => offered.includes(version));
      return hasCommon ? frame : withHeader(frame, "accept-version", "1.2");
    }),
};
