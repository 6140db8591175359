import { randomInt } from "node:crypto";
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

const characters = "bcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const endpoints =
  "xhr xhr_send xhr_streaming eventsource jsonp jsonp_send htmlfile websocket info iframe".split(" ");

/**
 * Server ids and session ids from sockjs-protocol's tests, and further ids that are hard for address parsers. A dot is
 * forbidden, also as %2e. A semicolon begins a path parameter, and firewalls refuse it. A server may keep an id for a while after its session's
 * end, so each attempt uses its own: the `n`-th of its kind.
 */
export const ids: Readonly<
  Record<string, { readonly serverId: string; readonly sessionId: (n: number) => string }>
> = {
  "one-character": { serverId: "a", sessionId: (n) => characters.charAt(n % characters.length) },
  underscores: { serverId: "_", sessionId: (n) => "_".repeat(2 + (n % 100)) },
  digits: { serverId: "0", sessionId: (n) => String(1_234_567 + n) },
  "as-the-transport": {
    serverId: "websocket",
    sessionId: (n) => endpoints[n % endpoints.length] ?? "xhr",
  },
  // Syllables of Hangul.
  escaped: { serverId: "i-j%20", sessionId: (n) => encodeURIComponent(String.fromCodePoint(0xd55c - n)) },
  punctuation: { serverId: "000", sessionId: (n) => `~!$&()*+,=:@-${"~".repeat(n % 100)}` },
  long: { serverId: "9".repeat(100), sessionId: (n) => `${"x".repeat(92)}${10_000_000 + n}` },
};

/** Number of the next id of each kind. */
const next = new Map<string, number>();

/** Returns an id of a kind that no other attempt of this process uses, as far as the kind has so many. */
function draw(name: string): string {
  // A target may still know the ids of the run before. Only the transports' names begin with the same one.
  const n = next.get(name) ?? (name === "as-the-transport" ? 0 : randomInt(60));
  next.set(name, n + 1);
  return kindOf(name).sessionId(n);
}

export default defineScenario({
  title: "A session is announced whatever its ids are, and another session of the same server id lives on",
  // The protocol leaves open if a notice names an escaped id as written or decoded.
  needs: (axes) => ["sockjs", ...(axes["ids"] === "escaped" ? (["named-clients"] as const) : [])],
  axes: { ids: Object.keys(ids) },
  async run(stage) {
    const { ids: name = "" } = stage.axes;
    const { serverId } = kindOf(name);
    await stage.join("carol");
    const alice = await connectByHand(stage, "alice", {
      raw: { serverIds: [serverId], sessionId: draw(name) },
    });
    const bob = await connectByHand(stage, "bob", { raw: { serverIds: [serverId] } });
    for (const actor of [bob, alice]) {
      await actor?.subscribe();
      if (actor !== undefined) await stage.identify(actor, actor.name);
    }
    if (alice !== undefined) await stage.inject(disconnect(alice));
    await stage.settle();
  },
  checks: (axes) => {
    const { serverId, sessionId } = kindOf(axes["ids"] ?? "");
    const ofAlice = sayingIds(`server id "${serverId}", a session id like "${sessionId(0)}"`);
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

function kindOf(name: string): (typeof ids)[string] {
  const kind = ids[name];
  if (kind === undefined) throw new Error(`there are no ids "${name}"`);
  return kind;
}

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
