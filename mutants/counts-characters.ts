import type { MutantFile } from "./support/mutant.ts";

export default {
  description: "Sends a content-length in characters instead of bytes.",
  breaks: ["IDENTIFY-ANY-TEXT"],
  alsoBreaks: [],
  mutate: ({ encode }) => ({
    encode: (frame, version) =>
      encode(frame, version).replace(/content-length:\d+/, `content-length:${frame.body.length}`),
  }),
} satisfies MutantFile;
