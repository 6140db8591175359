import { versions } from "../reference-server/stomp/frame.ts";
import type { MutantFile } from "./support/mutant.ts";
import { rewriteFrames, withHeader } from "./support/rewrite-core.ts";

export default {
  description: "Answers CONNECT with the oldest version that both sides speak.",
  breaks: ["CONNECT-HIGHEST-VERSION"],
  alsoBreaks: [
    "ANY-BYTE-IS-LIFE",
    "HEARTBEATS-AS-NEGOTIATED",
    "IDENTIFY-LEAVES-NO-GHOST",
    "LEAVE-IN-TIME",
    "LEAVE-ON-SILENCE",
  ],
  mutate: (original) =>
    rewriteFrames(original, (frame) => {
      const offered = frame.headers.get("accept-version")?.split(",") ?? [];
      const lowest = versions.find((version) => offered.includes(version));
      return lowest === undefined ? frame : withHeader(frame, "accept-version", lowest);
    }),
} satisfies MutantFile;
