import type { Check } from "../../harness/judge/check.ts";
import {
  connects,
  defineScenario,
  disconnect,
  heardByAll,
  joinedOnceEach,
  livesOn,
} from "../../harness/index.ts";
import { askedAlways } from "../always.ts";
import { connectByHand } from "../by-hand.ts";

/**
 * Server ids and session ids from sockjs-protocol's tests, and further ids that are hard for address parsers. A dot is
 * forbidden, also as %2e. A semicolon begins a path parameter, and firewalls refuse it.
 */
export const ids: Readonly<Record<string, readonly [serverId: string, sessionId: string]>> = {
  "one-character": ["a", "b"],
  underscores: ["_", "__"],
  digits: ["0", "1234567"],
  "as-the-transport": ["websocket", "xhr"],
  escaped: ["i-j%20", "%ED%95%9C"],
  punctuation: ["000", "~!$&()*+,=:@-"],
  long: ["9".repeat(100), "x".repeat(100)],
};

export default defineScenario({
  title: "A session is announced whatever its ids are, and another session of the same server id lives on",
  // The protocol leaves open if a notice names an escaped id as written or decoded.
  needs: (axes) => ["sockjs", ...(axes["ids"] === "escaped" ? (["named-clients"] as const) : [])],
  axes: { ids: Object.keys(ids) },
  async run(stage) {
    const [serverId = "", sessionId = ""] = ids[stage.axes["ids"] ?? ""] ?? [];
    await stage.join("carol");
    const alice = await connectByHand(stage, "alice", { raw: { serverIds: [serverId], sessionId } });
    const bob = await connectByHand(stage, "bob", { raw: { serverIds: [serverId] } });
    for (const actor of [bob, alice]) {
      await actor?.subscribe();
      if (actor !== undefined) await stage.identify(actor, actor.name);
    }
    if (alice !== undefined) await stage.inject(disconnect(alice));
    await stage.settle();
  },
  checks: (axes) => {
    const [serverId = "", sessionId = ""] = ids[axes["ids"] ?? ""] ?? [];
    const ofAlice = sayingIds(`server id "${serverId}", session id "${sessionId}"`);
    const ofBob = sayingIds(`server id "${serverId}", any session id`);
    return {
      "SOCKJS-ANY-IDS": [
        ofAlice(connects("alice")),
        ofBob(connects("bob")),
        ofAlice(joinedOnceEach("alice")),
        ofBob(livesOn("bob")),
      ],
      "LEAVE-ON-DISCONNECT": [ofAlice(heardByAll("alice"))],
      ...askedAlways,
    };
  },
});

/** Returns a check that names the ids in its failures. */
const sayingIds =
  (words: string) =>
  (check: Check): Check => ({
    ...check,
    judge: (evidence) => {
      const verdict = check.judge(evidence);
      return verdict.kind === "fail" ? { ...verdict, expected: `${verdict.expected} (${words})` } : verdict;
    },
  });
