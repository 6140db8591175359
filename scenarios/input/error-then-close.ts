import {
  defineScenario,
  errorThenClosed,
  livesOn,
  othersStayConnected,
  targetSurvives,
} from "../../harness/index.ts";

/** Frames that STOMP 1.2 forbids, as sent bytes. */
const frames: Readonly<Record<string, string>> = {
  "unknown-command": "SHOUT\ndestination:/anywhere\n\n\0",
  "undefined-escape": "SEND\ndestination:/any\\twhere\n\n\0",
  "header-without-colon": "SEND\ndestination\n\n\0",
  "no-destination": "SEND\n\n\0",
  "no-subscription-id": "SUBSCRIBE\ndestination:/anywhere\n\n\0",
  "negative-length": "SEND\ndestination:/anywhere\ncontent-length:-1\n\n\0",
  "too-short-length": "SEND\ndestination:/anywhere\ncontent-length:1\n\nlonger\0",
};

export default defineScenario({
  title: "The target closes a client's connection after an ERROR",
  axes: { frame: Object.keys(frames) },
  async run(stage) {
    await stage.join("carol");
    await stage.join("bob");
    const alice = await stage.connect("alice", { by: "raw" });
    // The target may end the session before it has read all bytes.
    await alice.raw.stomp(frames[stage.axes["frame"] ?? ""] ?? "").catch(() => undefined);
    await alice.until("the connection's end", 4 * stage.profile.deadlines.endedMs);
    await stage.settle();
  },
  checks: {
    "ERROR-THEN-CLOSE": [errorThenClosed("alice", "permitted")],
    "OTHERS-STAY-CONNECTED": [livesOn("bob"), livesOn("carol"), othersStayConnected("alice")],
    "SURVIVES-ITS-CLIENTS": [targetSurvives()],
  },
});
