import type { MutantFile } from "./support/mutant.ts";

export default {
  description: "Tells the length of what it sends in characters, where STOMP counts bytes.",
  breaks: ["IDENTIFY-ANY-TEXT"],
  alsoBreaks: [],
  mutate: ({ encode }) => ({
    encode: (frame, version) =>
      encode(frame, version).replace(/content-length:\d+/, `content-length:${frame.body.length}`),
  }),
} satisfies MutantFile;
