import {
  defineScenario,
  disconnect,
  framesWhole,
  heardByAll,
  joinedOnceEach,
  leftInsideWindow,
} from "../../harness/index.ts";
import { askedAlways } from "../always.ts";

const texts: Readonly<Record<string, string>> = {
  korean: "김민수",
  emoji: "👩‍👩‍👧 👋🏽",
  "right-to-left": "مريم ‏(א)",
  decomposed: "Zoe\u0308 A\u030a",
  markup: `<b onclick="x">&amp;</b>`,
  "quotes-and-backslashes": `"\\" '\\u0041' \\n`,
  "line-ends": "two\r\nlines\t",
  "a-frame": "\n\nSEND\ndestination:/x\n\nend",
};

export default defineScenario({
  id: "identify/any-text",
  title: "Whoever goes by an unusual name is announced under that very name",
  axes: { text: Object.keys(texts) },
  mayBreakFrames: true,
  needs: ["json-identify", "json-names"],
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.join("alice", { as: texts[stage.axes["text"] ?? ""] ?? "" });
    await stage.inject(disconnect(alice));
    await stage.settle();
  },
  checks: {
    "MALFORMED-IDENTIFY-HARMLESS": [framesWhole(), joinedOnceEach("alice"), heardByAll("alice")],
    "LEAVE-IN-TIME": [leftInsideWindow("alice")],
    ...askedAlways,
  },
});
