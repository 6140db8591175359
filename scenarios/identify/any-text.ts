import type { Check } from "../../harness/judge/check.ts";
import {
  defineScenario,
  disconnect,
  framesWhole,
  heardByAll,
  joinedOnceEach,
  leftInsideWindow,
  noFalseLeave,
} from "../../harness/index.ts";
import { byMessage } from "../../harness/profile/profile.ts";
import { inconclusive, notApplicable } from "../../harness/judge/verdict.ts";
import { isLeaveUnderWrongName } from "../../harness/history/leaves/wrong-name.ts";
import { askedBesideNames } from "../always.ts";
import { connectByHand } from "../by-hand.ts";

/** Names of letters only. */
const letters: Readonly<Record<string, string>> = {
  korean: "김민수",
  emoji: "👩‍👩‍👧 👋🏽",
  "right-to-left": "مريم ‏(א)",
  decomposed: "Zoe\u0308 A\u030a",
};

const texts: Readonly<Record<string, string>> = {
  ...letters,
  markup: `<b onclick="x">&amp;</b>`,
  "quotes-and-backslashes": `"\\" '\\u0041' \\n`,
  "line-ends": "two\r\nlines\t",
  "a-frame": "\n\nSEND\ndestination:/x\n\nend",
};

export default defineScenario({
  title: "A client with an unusual name is announced under exactly that name",
  axes: { text: Object.keys(texts) },
  mayBreakFrames: true,
  needs: ({ text = "" }) => ["json-names", text in letters ? "names-of-letters" : "names-of-any-signs"],
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const as = texts[stage.axes["text"] ?? ""] ?? "";
    // A target may refuse a name in CONNECT, like a failed log-in.
    const alice = byMessage(stage.profile)
      ? await stage.connect("alice", { as })
      : await connectByHand(stage, "alice", { as });
    if (alice !== undefined) {
      await alice.subscribe();
      await stage.identify(alice, as);
      await stage.inject(disconnect(alice));
    }
    await stage.settle();
  },
  checks: {
    "IDENTIFY-ANY-TEXT": [
      framesWhole(),
      ...[joinedOnceEach("alice"), heardByAll("alice")].map(unlessRefused),
    ],
    "LEAVE-IN-TIME": [unlessRefused(leftInsideWindow("alice"))],
    ...askedBesideNames,
    "NO-FALSE-LEAVE": [orMisnamed(noFalseLeave())],
  },
});

/** Makes a check not applicable if the target refused alice. */
function unlessRefused(check: Check): Check {
  return {
    ...check,
    judge: (evidence) => {
      const isIn = evidence.events.some(({ kind, actor }) => kind === "connected" && actor === "alice");
      return isIn || byMessage(evidence.profile)
        ? check.judge(evidence)
        : notApplicable("the target lets nobody in under that name");
    },
  };
}

/**
 * Makes a failure inconclusive if the leave is alice's under a changed name. IDENTIFY-ANY-TEXT reports this failure.
 */
function orMisnamed(check: Check): Check {
  return {
    ...check,
    judge: (evidence) => {
      const verdict = check.judge(evidence);
      const last = verdict.kind === "fail" ? verdict.evidence.at(-1) : undefined;
      return last !== undefined && isLeaveUnderWrongName(evidence.events, last, "alice")
        ? inconclusive("alice's leave came under a name that is not hers: see IDENTIFY-ANY-TEXT")
        : verdict;
    },
  };
}
