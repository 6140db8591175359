import { expect, test } from "vitest";
import type { NewEvent } from "../../harness/history/events/events.ts";
import { describe } from "./describe.ts";

const notice = {
  kind: "notice",
  event: "leave",
  client: "al",
  cause: null,
  body: "{}",
  claimedBy: "this-case",
} as const;

const cases: readonly (readonly [NewEvent, string])[] = [
  [
    { actor: "a", kind: "opened", transport: "websocket", sessionId: "k3q0" },
    "opened “websocket” with session id “k3q0”",
  ],
  [
    { actor: "a", kind: "opened", transport: "websocket", sessionId: null },
    "opened “websocket”, which has no session id",
  ],
  [
    { actor: "a", kind: "connected", version: "1.2", clientHeartbeatMs: 0, serverHeartbeatMs: 0 },
    "is connected: STOMP “1.2”, no heartbeats",
  ],
  [
    { actor: "a", kind: "connected", version: "1.1", clientHeartbeatMs: 500, serverHeartbeatMs: 0 },
    "is connected: STOMP “1.1”, heartbeats every 500 ms from the client, none from the server",
  ],
  [
    { actor: "a", kind: "subscribed", destination: "/topic/", confirmedBy: "receipt" },
    "subscribed to “/topic/”, confirmed by a receipt",
  ],
  [
    { actor: "a", kind: "subscribed", destination: "/topic/", confirmedBy: "delay" },
    "subscribed to “/topic/”; no receipt confirms it, only time that passed",
  ],
  [{ actor: "a", kind: "identify-sent", client: "al", body: "{}" }, "identified as “al”, sent “{}”"],
  [{ actor: "a", kind: "unsubscribed" }, "ended its subscriptions"],
  [{ actor: "a", kind: "heard", bytes: 1 }, "received 1 byte of STOMP"],
  [
    { actor: "a", kind: "wrong-content-length", declared: 2, bytes: 3, frame: "MESSAGE\n\nabc" },
    "received a frame whose content-length is 2 and whose body has 3 bytes: “MESSAGE⟨LF⟩⟨LF⟩abc”",
  ],
  [
    { actor: "a", kind: "roster-read", clients: ["bob", "carol"] },
    "received the roster: 2 actors of this case, “bob, carol”",
  ],
  [
    { actor: "a", kind: "before-open", frame: "h" },
    "received a SockJS frame before the session was opened: “h”",
  ],
  [
    { actor: "a", kind: "waited-in-vain", awaited: "an answer", waitedMs: 10_000 },
    "waited 10 s for an answer, which did not arrive",
  ],
  [{ actor: "a", kind: "disconnect-sent", receipt: true }, "sent DISCONNECT and asked for a receipt"],
  [{ actor: "a", kind: "disconnect-sent", receipt: false }, "sent DISCONNECT"],
  [{ actor: "a", kind: "receipt", of: "d-1" }, "received the receipt “d-1”"],
  [{ actor: "b", ...notice }, "received a leave notice of “al”: “{}”"],
  [
    { actor: "b", ...notice, event: "join", client: null, cause: "fin", claimedBy: "nobody" },
    "received a join notice of no client (cause “fin”), which no case claims: “{}”",
  ],
  [{ actor: "b", kind: "message", destination: "/t", body: "hi" }, "received a message on “/t”: “hi”"],
  [{ actor: "b", kind: "stomp-error", message: "no" }, "received an ERROR: “no”"],
  [{ actor: "b", kind: "closed", code: 1006, reason: "" }, "saw the transport closed with code 1006"],
  [
    { actor: "b", kind: "closed", code: null, reason: "gone" },
    "saw the transport closed without a code: gone",
  ],
  [
    { actor: "a", kind: "fault-injected", fault: "fin", ends: "visibly" },
    "suffers fin, which the target can see",
  ],
  [
    { actor: "a", kind: "fault-injected", fault: "blackhole", ends: "silently" },
    "suffers blackhole, which the target can only infer from a missing heartbeat or answer",
  ],
  [
    { actor: "a", kind: "fault-injected", fault: "delay", ends: "not" },
    "suffers delay, which its session has to survive",
  ],
  [{ actor: "a", kind: "fault-healed", fault: "delay" }, "delay is over"],
  [{ actor: "harness", kind: "target-stopped" }, "asked the target to stop"],
  [
    { actor: "a", kind: "fault-injected", fault: "kill-target", ends: "with-target" },
    "suffers kill-target, which the target can announce only after its restart",
  ],
  [{ actor: "harness", kind: "target-started" }, "started the target again"],
  [
    { actor: "harness", kind: "probed", askedAtMs: 1, mappings: 1, sessions: null, told: [] },
    "read from the probe: 1 mapping",
  ],
  [
    {
      actor: "harness",
      kind: "probed",
      askedAtMs: 1,
      mappings: 2,
      sessions: 3,
      told: [
        { about: "frame", sessionId: "k3q0", command: "CONNECT", headers: {} },
        { about: "connect", sessionId: "k3q0", command: "CONNECT", headers: {} },
      ],
    },
    "read from the probe: 2 mappings and 3 open sessions, and “frame CONNECT, connect CONNECT”",
  ],
  [
    { actor: "a", kind: "frame-sent", command: "SEND", headers: { destination: "/ws" } },
    'sent “SEND”, with the headers “{"destination":"/ws"}”',
  ],
  [
    { actor: "a", kind: "passed-by", client: "al", transport: "websocket", fault: "fin", witness: "a FIN" },
    "joined as “al”, by “websocket”, and ended by fin: a FIN",
  ],
  [
    { actor: "other cases", kind: "overheard", client: "alice", heard: 2, sessions: 1 },
    "received 2 leaves of “alice”, who had 1 session",
  ],
  [
    {
      actor: "other cases",
      kind: "overheard",
      client: "alice",
      heard: 2,
      sessions: 1,
      by: "bob of a/b",
      quotes: [{ atMs: 1200, body: '{"left":"alice"}' }],
    },
    'received 2 leaves of “alice”, who had 1 session; “{"left":"alice"}” at 1.2 s',
  ],
  [
    { actor: "a", kind: "fault-witnessed", fault: "fin", witness: "a FIN", effectAtMs: 1000 },
    "fin took effect: a FIN",
  ],
  [
    { actor: "a", kind: "last-byte-forwarded", forwardedAtMs: 12.3 },
    "sent the last byte that the target can have received, forwarded at 12 ms",
  ],
  [{ actor: "a", kind: "waited-out", waitedMs: 2000 }, "waited 2 s: no mechanism can produce another notice"],
  [{ actor: "harness", kind: "harness-lagged", source: "event-loop", lagMs: 412 }, "was delayed by 412 ms"],
  [
    { actor: "harness", kind: "harness-lagged", source: "event-loop", lagMs: 60, sumMs: 300, overMs: 500 },
    "was delayed by 300 ms in all, over 500 ms",
  ],
  [{ actor: "s", kind: "sentinel-ended", client: "s-1" }, "ended the sentinel session “s-1”"],
  [
    { actor: "p", kind: "session-id-read", read: null, requested: "x1" },
    "read no session id in the page; the browser requested session id “x1”",
  ],
];

test.each(cases)("%j", (event, words) => {
  expect(describe({ ...event, index: 0, atMs: 0 })).toBe(words);
});

test("a value can neither break the line nor fill the page", () => {
  const body = `\r\n\u202E${"x".repeat(1_000_000)}`;
  const line = describe({ index: 0, atMs: 0, actor: "b", kind: "message", destination: "/t\n", body });
  expect(line).toMatch(
    /^received a message on “\/t⟨LF⟩”: “⟨CR⟩⟨LF⟩⟨U\+202E⟩x{237}… \[cut: 1,000,003 characters in all\]”$/,
  );
});
