import fc from "fast-check";
import { expect, test } from "vitest";
import type { NewEvent } from "../../harness/history/events/events.ts";
import type { CaseRecord, Detection } from "../../harness/judge/record.ts";
import type { TargetSaid } from "../../harness/judge/target-said.ts";
import { fail } from "../../harness/judge/verdict.ts";
import { transportTable } from "../../harness/profile/transports.ts";
import { caseOf, checkOf, recordOf, timelineOf } from "../../testing/records/build.ts";
import { adviceEntries, adviceFor } from "./advice-for.ts";

/** Stock Spring, and Spring with heartbeats. */
const spring = said("spring", ["10000,10000", "0,0"]);
const beating = said("spring", ["0,0", "10000,10000"], ["10000,10000", "10000,10000"]);
const other = said("sockjs-node", ["10000,10000", "0,0"]);

function said(
  looksLike: NonNullable<TargetSaid["info"]>["looksLike"] | undefined,
  ...heartBeats: readonly (readonly [offered: string, answered: string])[]
): TargetSaid {
  return {
    heartBeats: heartBeats.map(([offered, answered]) => ({ offered, answered })),
    servers: [],
    ...(looksLike === undefined
      ? {}
      : { info: { looksLike, websocket: true, origins: ["*:*"], cookieNeeded: true } }),
  };
}

interface Failed {
  readonly transport?: string;
  readonly fault?: string;
  readonly beatsMs?: number;
  /** Time from the end to the leave; never if undefined. */
  readonly latencyMs?: number;
  readonly earliestMs?: number;
  readonly allowedMs?: number;
}

/** Returns a case of alice, who ended by a fault and was announced too late or never. */
function failed(requirement: string, options: Failed): CaseRecord {
  const { transport = "websocket", fault = "fin", beatsMs = 0 } = options;
  const { latencyMs, earliestMs = null, allowedMs: latestMs = 1_000 } = options;
  const actor = "alice";
  const events: NewEvent[] = [
    { kind: "opened", actor, transport, sessionId: "s1" },
    { kind: "connected", actor, version: "1.2", clientHeartbeatMs: beatsMs, serverHeartbeatMs: beatsMs },
    { kind: "fault-injected", actor, fault, ends: "visibly" },
  ];
  const missed = { actor, observer: "bob", cause: fault, latestMs };
  const detections: Detection[] = latencyMs === undefined ? [] : [{ ...missed, latencyMs, earliestMs }];
  return caseOf(
    `leave/x[transport=${transport}]`,
    "x",
    [checkOf(requirement, "c", fail("a leave", "none"))],
    {
      axes: { transport },
      detections,
      ...(latencyMs === undefined ? { missed: [missed] } : {}),
      timeline: timelineOf(...events.map((event, place) => [place, event] as const)),
    },
  );
}

function ask(requirement: string, target: TargetSaid | undefined, ...cases: readonly Failed[]) {
  const described = recordOf([]).target;
  const finding = { requirement, cases: cases.map((one) => failed(requirement, one)) };
  return adviceFor(finding, { target: target === undefined ? described : { ...described, said: target } });
}

const drop = { fault: "silent-drop", allowedMs: 60_000 };

test.for<[what: string, requirement: string, said: TargetSaid | undefined, cases: Failed[], id?: string]>([
  ["no heartbeats, a silent drop", "LEAVE-ON-SILENT-DROP", spring, [drop], "heartbeats"],
  ["heartbeats that a silent client missed", "LEAVE-ON-SILENT-DROP", beating, [{ ...drop, beatsMs: 10_000 }]],
  [
    "another broker behind the server",
    "LEAVE-ON-SILENT-DROP",
    { ...spring, servers: ["RabbitMQ/4"] },
    [drop],
    "heartbeats",
  ],
  [
    "a server that nobody offered heartbeats",
    "LEAVE-ON-SILENT-DROP",
    said(undefined, ["0,0", "0,0"]),
    [drop],
  ],
  ["an older record", "LEAVE-ON-SILENT-DROP", undefined, [drop]],
  [
    "a deadline below the heartbeats' period",
    "LEAVE-ON-SILENT-DROP",
    beating,
    [{ ...drop, beatsMs: 10_000, allowedMs: 8_000 }],
    "shorter-heartbeats",
  ],
  [
    "a closed tab over HTTP, without heartbeats",
    "LEAVE-ON-PAGE-GONE",
    spring,
    [{ transport: "xhr-streaming" }],
    "sockjs-times",
  ],
  [
    "a half-closed response over HTTP",
    "LEAVE-ON-LOST-CONNECTION",
    spring,
    [{ transport: "eventsource", fault: "half-close" }],
  ],
  [
    "a ghost over HTTP, without heartbeats",
    "IDENTIFY-LEAVES-NO-GHOST",
    spring,
    [{ transport: "xhr-polling" }],
  ],
  [
    "a ghost over HTTP, with heartbeats that the client did not offer",
    "IDENTIFY-LEAVES-NO-GHOST",
    beating,
    [{ transport: "xhr-polling" }],
    "written-to",
  ],
  ["a ghost over a WebSocket", "IDENTIFY-LEAVES-NO-GHOST", beating, [{}], "no-ghost"],
  [
    "the same with heartbeats that the client did not offer",
    "LEAVE-ON-PAGE-GONE",
    beating,
    [{ transport: "eventsource" }],
    "written-to",
  ],
  [
    "the same with heartbeats that the client sent",
    "LEAVE-ON-PAGE-GONE",
    beating,
    [{ transport: "eventsource", beatsMs: 10_000 }],
  ],
  ["a closed tab over a WebSocket", "LEAVE-ON-PAGE-GONE", beating, [{}], "end-of-connection"],
  [
    "a closed tab over both",
    "LEAVE-ON-PAGE-GONE",
    spring,
    [{}, { transport: "xhr-polling" }],
    "end-of-connection",
  ],
  [
    "DISCONNECT over HTTP",
    "LEAVE-ON-DISCONNECT",
    spring,
    [{ transport: "xhr-polling" }],
    "disconnect-over-http",
  ],
  ["DISCONNECT over a WebSocket", "LEAVE-ON-DISCONNECT", spring, [{}], "end-of-connection"],
  [
    "a late leave over HTTP",
    "LEAVE-IN-TIME",
    spring,
    [{ transport: "xhr-polling", latencyMs: 2_000 }],
    "sockjs-times",
  ],
  [
    "an early leave over HTTP",
    "LEAVE-IN-TIME",
    spring,
    [{ transport: "xhr-polling", latencyMs: 10, earliestMs: 500 }],
  ],
  [
    "a late leave over HTTP after DISCONNECT",
    "LEAVE-IN-TIME",
    spring,
    [{ transport: "xhr-polling", latencyMs: 2_000, fault: "disconnect" }],
    "disconnect-late",
  ],
  ["a late leave over a WebSocket", "LEAVE-IN-TIME", spring, [{ latencyMs: 2_000 }], "late"],
  ["an early leave", "LEAVE-IN-TIME", spring, [{ latencyMs: 20, earliestMs: 1_000, allowedMs: 4_000 }]],
  ["a requirement without advice", "IDENTIFY-ANY-TEXT", spring, [{}]],
])("%s: the advice fits what failed and what the target said", ([, requirement, target, cases, id]) => {
  expect(ask(requirement, target, ...cases)?.id).toBe(id);
});

test("Spring gets its class, another server neutral words, an unknown one both", () => {
  const onSpring = ask("LEAVE-ON-SILENT-DROP", spring, drop);
  expect(onSpring?.general).toBeUndefined();
  expect(onSpring?.spring).toMatchObject({
    heading: "In this Spring server",
    code: { name: "HeartbeatsConfig" },
  });
  expect(onSpring?.spring?.code?.text).toMatch(/^import [^]*setTaskScheduler\(scheduler\)[^]*\}$/);
  expect(ask("LEAVE-ON-SILENT-DROP", other, drop)).toEqual({
    id: "heartbeats",
    general: expect.stringContaining("asks clients for no heartbeats") as unknown,
  });
  expect(ask("LEAVE-ON-SILENT-DROP", { ...spring, servers: ["RabbitMQ/4"] }, drop)?.spring).toBeUndefined();
  expect(ask("LEAVE-ON-CLOSE", { ...spring, servers: ["RabbitMQ/4"] }, {})?.spring).toBeDefined();
  const unknown = ask("LEAVE-ON-SILENT-DROP", said(undefined, ["10000,10000", "0,0"]), drop);
  expect(unknown?.general).toBeDefined();
  expect(unknown?.spring).toMatchObject({
    heading: "If this is a Spring server",
    code: { name: "HeartbeatsConfig" },
  });
});

test("no advice depends on what the target wrote, and none for another server names Spring", () => {
  const texts = fc.array(fc.oneof(fc.string(), fc.constantFrom("0,0", "10000,10000")), { maxLength: 3 });
  const transports = fc.constantFrom(...Object.keys(transportTable), "no-such-transport");
  const requirements = fc.constantFrom(...adviceEntries.flatMap((entry) => entry.requirements));
  fc.assert(
    fc.property(requirements, transports, texts, texts, (requirement, transport, answers, servers) => {
      const heartBeats = answers.map((answered) => ({ offered: "10000,10000", answered }));
      const advice = ask(requirement, { ...other, heartBeats, servers }, { transport });
      expect(advice?.spring).toBeUndefined();
      expect(advice?.general ?? "").not.toMatch(/Spring/);
      const known = adviceEntries.map(({ general }) => general);
      expect(known).toContain(advice?.general);
    }),
  );
});
