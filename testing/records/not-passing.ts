import { fail, inconclusive, notApplicable, pass } from "../../harness/judge/verdict.ts";
import { caseOf, checkOf, detectionsOf, timelineOf } from "./build.ts";
import { silence, visibleEnd } from "./passing.ts";

const leaveBody = '{"event":"leave","ref":"r-7","clientData":"alice-3f1","cause":"transport"}';

export const twice = caseOf(
  "leave/fin",
  "A connection that ends without a close frame is a leave",
  [
    checkOf("LEAVE-TRANSPORT-END", 'leftInsideWindow("alice")', pass([7, 10])),
    checkOf(
      "ONCE-PER-SESSION",
      'leftExactlyOnce("alice")',
      fail(
        "bob hears of alice's leave exactly once",
        "bob heard of it twice, 31 ms apart, with the same ref “r-7”",
        [10, 11],
      ),
    ),
    checkOf("NO-FALSE-LEAVE", 'stillPresent("bob")', pass([13])),
    checkOf("STORE-CLEANED", "mappingGone", notApplicable("the profile names no probe")),
  ],
  {
    axes: { cause: "FIN", transport: "websocket" },
    durationMs: 2310,
    lagMaxMs: 3.4,
    detections: detectionsOf("fin", visibleEnd, 5.6),
    timeline: timelineOf(
      [11.2, { actor: "bob", kind: "opened", transport: "websocket", sessionId: "k3q0zx2b" }],
      [13.9, { actor: "bob", kind: "connected", version: "1.2", clientHeartbeatMs: 0, serverHeartbeatMs: 0 }],
      [15.0, { actor: "bob", kind: "subscribed", destination: "/topic/", confirmedBy: "receipt" }],
      [22.4, { actor: "alice", kind: "opened", transport: "websocket", sessionId: "u1v5mn0d" }],
      [
        24.8,
        {
          actor: "alice",
          kind: "connected",
          version: "1.2",
          clientHeartbeatMs: 1000,
          serverHeartbeatMs: 1000,
        },
      ],
      [
        26.0,
        {
          actor: "alice",
          kind: "identify-sent",
          client: "alice-3f1",
          body: '{"sessionId":"u1v5mn0d","clientData":"alice-3f1"}',
        },
      ],
      [
        31.3,
        {
          actor: "bob",
          kind: "notice",
          event: "join",
          client: "alice-3f1",
          cause: null,
          body: '{"event":"join","ref":"r-7","clientData":"alice-3f1"}',
          claimedBy: "this-case",
        },
      ],
      [240.1, { actor: "alice", kind: "fault-injected", fault: "fin", ends: "visibly" }],
      [
        240.9,
        {
          actor: "alice",
          kind: "fault-witnessed",
          fault: "fin",
          witness: "the proxy read the end of the client's side and forwarded a FIN",
          effectAtMs: 240.1,
        },
      ],
      [240.9, { actor: "alice", kind: "last-byte-forwarded", forwardedAtMs: 212.7 }],
      [
        245.7,
        {
          actor: "bob",
          kind: "notice",
          event: "leave",
          client: "alice-3f1",
          cause: "transport",
          body: leaveBody,
          claimedBy: "this-case",
        },
      ],
      [
        276.8,
        {
          actor: "bob",
          kind: "notice",
          event: "leave",
          client: "alice-3f1",
          cause: "transport",
          body: leaveBody,
          claimedBy: "this-case",
        },
      ],
      [2240.1, { actor: "alice", kind: "waited-out", waitedMs: 2000 }],
      [2241.4, { actor: "sentinel", kind: "sentinel-ended", client: "sentinel-09" }],
    ),
  },
);

export const missed = caseOf(
  "silence/blackhole",
  "A client behind a network that swallows everything is reported gone in time",
  [
    checkOf(
      "LEAVE-SILENCE-WINDOW",
      'leftInsideWindow("alice")',
      fail(
        "alice's leave reaches bob between 1 s and 5.01 s after her last byte",
        "it came after 6.44 s, 1.43 s late",
        [6, 8],
      ),
      3,
      2,
    ),
  ],
  {
    axes: { cause: "blackhole", direction: "both" },
    durationMs: 9720,
    lagMaxMs: 11.8,
    detections: detectionsOf("blackhole", silence, 4410, 4890, 6440),
    timeline: timelineOf(
      [9.0, { actor: "bob", kind: "subscribed", destination: "/topic/", confirmedBy: "delay" }],
      [18.0, { actor: "alice", kind: "opened", transport: "xhr-streaming", sessionId: "c2ab4h51" }],
      [
        21.7,
        { actor: "alice", kind: "connected", version: "1.2", clientHeartbeatMs: 1000, serverHeartbeatMs: 0 },
      ],
      [
        25.1,
        { actor: "alice", kind: "identify-sent", client: "alice-b90", body: '{"clientData":"alice-b90"}' },
      ],
      [1800, { actor: "alice", kind: "fault-injected", fault: "blackhole", ends: "silently" }],
      [
        2801.2,
        {
          actor: "alice",
          kind: "fault-witnessed",
          fault: "blackhole",
          witness: "the proxy held back 2 heartbeats of the client and 1 of the target",
          effectAtMs: 1022.4,
        },
      ],
      [2801.3, { actor: "alice", kind: "last-byte-forwarded", forwardedAtMs: 1022.4 }],
      [4100, { actor: "bob", kind: "message", destination: "/topic/", body: '{"event":"ping"}' }],
      [
        7462.4,
        {
          actor: "bob",
          kind: "notice",
          event: "leave",
          client: "alice-b90",
          cause: null,
          body: '{"event":"leave","clientData":"alice-b90"}',
          claimedBy: "this-case",
        },
      ],
    ),
  },
);

export const unheard = caseOf(
  "leave/rst[transport=xhr-streaming,phase=identified]",
  "A connection that is reset is a leave",
  [
    checkOf(
      "LEAVE-TRANSPORT-END",
      "heard-by-all(alice)",
      fail(
        "bob hears that alice has left (rst at 0.180 s)",
        "bob received no leave by 6.980 s, although it received notices of a later session",
        [4, 7],
      ),
    ),
  ],
  {
    axes: { transport: "xhr-streaming", phase: "identified" },
    durationMs: 7120,
    timeline: timelineOf(
      [9.0, { actor: "bob", kind: "subscribed", destination: "/topic/", confirmedBy: "receipt" }],
      [60.2, { actor: "alice", kind: "opened", transport: "xhr-streaming", sessionId: "c2ab4h52" }],
      [
        64.7,
        { actor: "alice", kind: "connected", version: "1.2", clientHeartbeatMs: 0, serverHeartbeatMs: 0 },
      ],
      [
        70.1,
        { actor: "alice", kind: "identify-sent", client: "alice-c07", body: '{"clientData":"alice-c07"}' },
      ],
      [180.2, { actor: "alice", kind: "fault-injected", fault: "rst", ends: "visibly" }],
      [
        180.9,
        {
          actor: "alice",
          kind: "fault-witnessed",
          fault: "rst",
          witness: "the system no longer knows the connection",
          effectAtMs: 180.4,
        },
      ],
      [181.4, { actor: "alice", kind: "closed", code: null, reason: "" }],
      [6980, { actor: "harness", kind: "waited-out", waitedMs: 6799.6 }],
      [7010, { actor: "sentinel-1", kind: "sentinel-ended", client: "sentinel-1-c07" }],
    ),
  },
);

export const lingers = caseOf(
  "leave/linger",
  "A socket left open after DISCONNECT is closed",
  [
    checkOf("LEAVE-DISCONNECT", 'leftExactlyOnce("alice")', pass([4])),
    checkOf(
      "LINGER-ENDS",
      'closedWithin("alice", 5000)',
      fail(
        "the target closes alice's socket within 5 s of her DISCONNECT",
        "it was still open after 7 s",
        [3],
      ),
    ),
  ],
  {
    axes: { cause: "disconnect" },
    durationMs: 7044,
    timeline: timelineOf(
      [10.4, { actor: "alice", kind: "opened", transport: "websocket", sessionId: null }],
      [13.0, { actor: "alice", kind: "disconnect-sent", receipt: true }],
      [14.2, { actor: "alice", kind: "receipt", of: "d-1" }],
      [7014.2, { actor: "alice", kind: "waited-out", waitedMs: 7000 }],
    ),
  },
);

export const suspended = caseOf(
  "silence/process-stopped",
  "A client whose process is stopped is reported gone in time",
  [
    checkOf(
      "LEAVE-SILENCE-WINDOW",
      'leftInsideWindow("alice")',
      inconclusive("the harness's own event loop stood still for 412 ms, more than the margin of 100 ms"),
    ),
    checkOf(
      "NO-FALSE-LEAVE",
      'stillPresent("bob")',
      inconclusive("the sentinel's leave did not reach bob, so his silence proves nothing"),
    ),
  ],
  { axes: { cause: "SIGSTOP" }, lagMaxMs: 412, durationMs: 8050 },
);

export const withoutProbe = ["store/mapping-gone-after-fin", "store/thousand-cycles"].map((id) =>
  caseOf(
    id,
    "Nothing stays behind in the store",
    [checkOf("STORE-CLEANED", "mappingGone", notApplicable("the profile names no probe"))],
    { durationMs: 0 },
  ),
);
