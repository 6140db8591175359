import { readIdentify } from "../core/identify-message.ts";
import type { Mutant } from "./mutant.ts";
import { rewriteFrames } from "./rewrite.ts";

export const mapsMalformedIdentify: Mutant = {
  name: "maps-malformed-identify",
  description: "Stores whatever an identify holds, also where that is nothing.",
  breaks: ["MALFORMED-IDENTIFY-HARMLESS"],
  alsoBreaks: ["NO-FALSE-LEAVE", "NAME-KEPT-WITHOUT-NEW-ONE"],
  mutate: (sound) =>
    rewriteFrames(sound, (frame) => {
      const isWrong = frame.command === "SEND" && typeof readIdentify(frame.body) === "string";
      return isWrong ? { ...frame, body: JSON.stringify({ clientData: { said: frame.body } }) } : frame;
    }),
};
