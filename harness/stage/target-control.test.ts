import { describe, expect, onTestFinished, test } from "vitest";
import { disconnect } from "./faults/disconnect.ts";
import { expectedLeaves } from "../history/leaves/expected-leaves.ts";
import { undueLeaves } from "../history/leaves/undue-leaves.ts";
import { sessionsOf } from "../history/sessions/sessions.ts";
import { observersOf } from "../history/sessions/observers.ts";
import { quietFromMs } from "../history/sessions/quiet.ts";
import { windowOf } from "../history/sessions/windows.ts";
import { openStage } from "../../testing/harness/open-stage.ts";
import { startChatServer } from "../../testing/sample-servers/server/chat.ts";
import { killedWith, reconciling, up } from "../../testing/harness/restarted.ts";
import {
  arrives,
  ends,
  hears,
  profile as undeclared,
  waitedOut,
  written,
  type WrittenEvent,
} from "../../testing/harness/written.ts";
import type { NewEvent } from "../history/events/events.ts";

const each = reconciling();
const entries = [
  ...arrives("bob", 0),
  ...arrives("alice", 10),
  ...killedWith(30, "bob", "alice"),
  up(100),
  ...arrives("carol", 110),
];
const sessionNamed = (actor: string, events: ReturnType<typeof written>) => {
  const session = sessionsOf(events).find((s) => s.actor === actor);
  if (session === undefined) throw new Error(`there is no ${actor}`);
  return session;
};

describe("a session that ended with the target", () => {
  test("is due from then on, and by the declared time from when the target is up again", () => {
    const events = written(...entries);
    expect(windowOf(sessionNamed("alice", events), each)).toEqual({ earliestMs: 30, latestMs: 2_100 });
    const graceful = reconciling({ sessions: "last", graceMs: 500 });
    expect(windowOf(sessionNamed("alice", events), graceful)).toEqual({ earliestMs: 30, latestMs: 2_600 });
    expect(quietFromMs(events, each)).toBe(2_100);
  });

  test("is due to nobody where no time is declared, the target stays away, or nobody can be told", () => {
    const events = written(...entries);
    const roster = { roster: { list: "", client: "/name" } };
    for (const by of [undeclared, reconciling({ reconcile: "silent" }), reconciling({ notice: roster })])
      expect(windowOf(sessionNamed("alice", events), by)).toBeUndefined();
    const away = written(...arrives("alice", 10), ...killedWith(30, "alice"));
    expect(windowOf(sessionNamed("alice", away), each)).toBeUndefined();
    expect(quietFromMs(away, each)).toBe(30);
    expect(quietFromMs(events, reconciling({ reconcile: "silent" })), "a silent one is waited out, too").toBe(
      2_100,
    );
  });

  test("may be announced, and is due to nobody, where the target was asked to stop", () => {
    const stopped = entries.map(([atMs, event]): WrittenEvent =>
      "fault" in event ? [atMs, { ...event, fault: "stop-target" }] : [atMs, event],
    );
    const events = written(...stopped, hears("carol", "leave", "alice", 900), waitedOut(2_200));
    expect(expectedLeaves(events, each)).toEqual([]);
    expect(undueLeaves(events, each)).toEqual([]);
    expect(quietFromMs(events, undeclared), "without a deadline of its own").toBe(6_600);
    const again = written(...stopped, ...[900, 950].map((ms) => hears("carol", "leave", "alice", ms)));
    expect(undueLeaves(again, each)).toMatchObject([{ kind: "again" }]);
  });

  test("is heard of by those who subscribed afterwards, and not by those who ended with it", () => {
    const events = written(...entries, waitedOut(2_200), ...arrives("late", 2_300));
    expect(observersOf(sessionNamed("alice", events), events).map(({ actor }) => actor)).toEqual(["carol"]);
  });

  const expected = (more: readonly (readonly [number, NewEvent])[], by = each) =>
    expectedLeaves(written(...entries, ...more, waitedOut(2_200)), by).map(
      ({ session, observer, leave }) =>
        `${session.actor} to ${observer}: ${leave === undefined ? "none" : leave.atMs}`,
    );

  test("is told to whoever came in the first half of the time, sure to hear it", () => {
    const more = [...arrives("dora", 1_100), ...arrives("eve", 1_101), hears("carol", "leave", "alice", 900)];
    expect(expected(more)).toEqual([
      "bob to carol: none",
      "bob to dora: none",
      "alice to carol: 900",
      "alice to dora: none",
    ]);
  });

  test("is told once, also where that person is back; of those the last one alone, where it is", () => {
    const back = arrives("back", 120, { client: "alice" });
    const leave = hears("carol", "leave", "alice", 900);
    expect(expected([...back, leave])).toEqual(expect.arrayContaining(["alice to carol: 900"]));
    const undue = (by: typeof each, ...more: readonly (readonly [number, NewEvent])[]) =>
      undueLeaves(written(...entries, ...back, leave, ...more), by).map(
        ({ kind, notice }) => `${kind} ${notice.atMs}`,
      );
    expect(undue(each)).toEqual([]);
    expect(undue(each, hears("carol", "leave", "alice", 950))).toEqual(["again 950"]);
    expect(undue(each, ...ends("back", 940), hears("carol", "leave", "alice", 950))).toEqual([]);
    expect(expected(back, reconciling({ sessions: "last" }))).not.toContainEqual(
      expect.stringMatching(/^alice/),
    );
  });
});

describe("a target that is killed and started again", () => {
  test("ends every session that lives, and is no sooner up than it says so", async () => {
    let server = await startChatServer();
    onTestFinished(() => server.close());
    const did: string[] = [];
    const ownTarget = {
      url: server.url,
      stop: () => Promise.reject(new Error("not to be stopped")),
      kill: async () => {
        did.push("kill");
        await server.close();
      },
      start: async () => {
        did.push("start");
        server = await startChatServer();
      },
      dispose: () => Promise.resolve(),
    };
    const { stage, context } = openStage(server.url, { transport: "native" }, { instance: ownTarget });
    await stage.join("alice");
    const left = await stage.join("left");
    await stage.inject(disconnect(left));
    await stage.connect("stranger");
    const from = context.history.events.length;
    await stage.target.kill();
    await stage.target.start();
    expect(did).toEqual(["kill", "start"]);
    const since = context.history.events.slice(from).map((e) => `${e.actor} ${e.kind}`);
    expect(since.slice(0, 2)).toEqual(["alice fault-injected", "stranger fault-injected"]);
    expect(since.slice(-3)).toEqual([
      "alice fault-witnessed",
      "stranger fault-witnessed",
      "harness target-started",
    ]);
  });

  test("has to be the case's own", async () => {
    const { stage } = openStage("http://127.0.0.1:9/");
    await expect(stage.target.kill()).rejects.toThrow('it needs "own-target"');
    await expect(stage.target.start()).rejects.toThrow('it needs "own-target"');
  });
});
