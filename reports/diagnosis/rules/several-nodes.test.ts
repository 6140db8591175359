import { describe, expect, test } from "vitest";
import type { CaseRecord } from "../../../harness/judge/record.ts";
import { arrives, closes, ends, hears, written } from "../../../testing/harness/written.ts";
import { caseOf, detectionsOf } from "../../../testing/records/build.ts";
import { said, verdict } from "../../../testing/records/rules.ts";

/** What an observer received of alice. */
type Heard = "all" | "nothing" | "join" | "leave";

const detected = (actor: string, observer: string) =>
  detectionsOf("fin", [0, 1_000], 5).map((one) => ({ ...one, actor, observer }));
const missed = (actor: string, observer: string) => [{ actor, observer, cause: "fin", latestMs: 1_000 }];

/** A case in which some clients leave, while bob and carol observe. Each observer also hears its own join. */
function leaving(
  id: string,
  leavers: Record<string, { bob: Heard; carol: Heard }>,
  { transport = "websocket", deaf = false } = {},
): CaseRecord {
  const pairs = Object.entries(leavers).flatMap(([actor, { bob, carol }]) => [
    { actor, observer: "bob", heard: bob },
    { actor, observer: "carol", heard: carol },
  ]);
  const left = pairs.filter(({ heard }) => heard === "all" || heard === "leave");
  const joined = pairs.filter(({ heard }) => heard === "all" || heard === "join");
  const timeline = written(
    ...["bob", "carol"].flatMap((actor) => arrives(actor, 0)),
    ...(deaf ? [] : ["bob", "carol"].map((actor) => hears(actor, "join", actor, 1))),
    ...Object.keys(leavers).flatMap((actor) => arrives(actor, 10, { transport })),
    ...joined.map(({ actor, observer }) => hears(observer, "join", actor, 11)),
    ...Object.keys(leavers).flatMap((actor) => ends(actor, 20)),
    ...left.map(({ actor, observer }) => hears(observer, "leave", actor, 25)),
  );
  return caseOf(id, id, [verdict("LEAVE-ON-LOST-CONNECTION", "heard-by-all(alice)", false)], {
    timeline,
    detections: left.flatMap(({ actor, observer }) => detected(actor, observer)),
    missed: pairs
      .filter((pair) => !left.includes(pair))
      .flatMap(({ actor, observer }) => missed(actor, observer)),
  });
}

const times = (count: number, make: (id: string) => CaseRecord) =>
  Array.from({ length: count }, (_, n) => make(`leave/fin-${n}`));

describe("nodes without a common broker", () => {
  const parted = { alice: { bob: "all", carol: "nothing" } } as const;

  test("are seen where observers hear all of some clients, and nothing of others", () => {
    expect(said("nodes-apart", ...times(6, (id) => leaving(id, parted)))).toMatch(/several nodes/);
    expect(said("nodes-apart", ...times(4, (id) => leaving(id, parted)))).toBeUndefined();
  });

  test("are not the cause where an observer heard the join and misses the leave", () => {
    const torn = { alice: { bob: "all", carol: "join" } } as const;
    expect(said("nodes-apart", ...times(6, (id) => leaving(id, torn)))).toBeUndefined();
    const few = [...times(6, (id) => leaving(id, parted)), leaving("leave/rst", torn)];
    expect(said("nodes-apart", ...few)).toBeUndefined();
  });

  test("are not the cause where an observer hears nothing of anybody", () => {
    const deaf = times(6, (id) => leaving(id, parted, { deaf: true }));
    expect(said("nodes-apart", ...deaf)).toBeUndefined();
  });

  test("are not the cause where two observers are together for one client and apart for another", () => {
    const wandering = {
      alice: { bob: "all", carol: "nothing" },
      dave: { bob: "all", carol: "all" },
    } as const;
    expect(said("nodes-apart", ...times(6, (id) => leaving(id, wandering)))).toBeUndefined();
  });

  test("are not the cause where clients of one transport hear nothing of those of another", () => {
    const none = { alice: { bob: "nothing", carol: "nothing" } } as const;
    const both = { alice: { bob: "all", carol: "all" } } as const;
    const cases = [
      ...times(4, (id) => leaving(id, none, { transport: "xhr-polling" })),
      ...times(4, (id) => leaving(`${id}-ws`, both)),
    ];
    expect(said("nodes-apart", ...cases)).toBeUndefined();
  });
});

describe("requests of one session on several nodes", () => {
  /** A case in which a client over HTTP is closed `afterMs` after its opening. */
  const lost = (id: string, afterMs: number, status = 404) => {
    const [, event] = closes("alice", 0);
    return caseOf(id, id, [verdict("LEAVE-ON-CLOSE", "heard-by-all(alice)", false)], {
      timeline: written(
        ...arrives("bob", 0, { transport: "xhr-polling" }),
        ...arrives("alice", 10, { transport: "xhr-polling" }).slice(0, 1),
        [10 + afterMs, { ...event, code: status, reason: `HTTP ${status} to xhr_send` } as typeof event],
      ),
    });
  };

  test("are seen by answers 404 to fresh sessions, where other sessions work", () => {
    expect(said("no-affinity", ...times(3, (id) => lost(id, 30)))).toMatch(/no session affinity/);
    expect(said("no-affinity", ...times(2, (id) => lost(id, 30)))).toBeUndefined();
  });

  test("are not the cause where a session is forgotten later, or refused otherwise", () => {
    expect(said("no-affinity", ...times(3, (id) => lost(id, 5_000)))).toBeUndefined();
    expect(said("no-affinity", ...times(3, (id) => lost(id, 30, 403)))).toBeUndefined();
  });
});
