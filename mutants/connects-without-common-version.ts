import { versions } from "../reference-server/stomp/frame.ts";
import type { MutantFile } from "./support/mutant.ts";
import { rewriteFrames, withHeader } from "./support/rewrite-core.ts";

export default {
  description: "Answers every CONNECT with its own version, even if the client does not speak it.",
  breaks: ["CONNECT-NO-COMMON-VERSION"],
  alsoBreaks: [],
  mutate: (original) =>
    rewriteFrames(original, (frame) => {
      const offered = frame.headers.get("accept-version")?.split(",");
      const hasCommon = offered === undefined || versions.some((version) => offered.includes(version));
      return hasCommon ? frame : withHeader(frame, "accept-version", "1.2");
    }),
} satisfies MutantFile;
