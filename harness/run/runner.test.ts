import { describe, expect, test } from "vitest";
import type { Attempt } from "../judge/attempts/judged-attempt.ts";
import { disconnect, noFalseLeave, receiptCame, toldOfStop } from "../index.ts";
import { ofKind } from "../history/events/events.ts";
import { parseProfile } from "../profile/profile.ts";
import type { RunResult } from "./runner.ts";
import { against, leaving } from "../../testing/harness/chat-run.ts";
import { startChatServer, type Misbehaviour, type Tell } from "../../testing/sample-servers/server/chat.ts";
import type { SampleSession } from "../../testing/sample-servers/server/application.ts";
import { worst } from "../judge/verdict.ts";

const kinds = ({ finished }: RunResult) =>
  finished.map(({ record }) => worst(record.verdicts.map(({ kind }) => kind)));

/** Whose notices a case heard in an attempt, whatever they said. */
const heard = ({ events }: Attempt) =>
  ofKind(events, "notice").map(({ client, claimedBy }) => ({ client, claimedBy }));

describe("many cases on one topic", () => {
  const cases = leaving("leaving", {
    axes: { phase: ["identified"], n: Array.from({ length: 80 }, (_, n) => String(n)) },
  });

  test("each claims its own notices, and no other", async () => {
    const { finished } = await against({}, cases, { workers: 40 });
    expect(finished).toHaveLength(cases.length);
    for (const { record, attempts } of finished) {
      expect(worst(record.verdicts.map(({ kind }) => kind)), record.id).toBe("pass");
      expect(attempts).toHaveLength(1);
      const notices = attempts.flatMap(heard);
      expect(notices.every(({ claimedBy }) => claimedBy === "this-case")).toBe(true);
      // Bob hears bob, alice and a sentinel come, and two of them leave; alice hears herself come.
      expect(notices).toHaveLength(6);
    }
  });

  test("a leave that names nobody leaves those open that heard it, and the likeliest runs again, alone", async () => {
    const listening: SampleSession[] = [];
    let left = 0;
    const tell: Tell = (event, { client }, { say, sessions }) => {
      say({ event, clientData: client });
      if (event !== "leave" || (left += 1) !== cases.length / 2) return;
      say({ event: "leave" });
      listening.push(...[...sessions].filter(({ subscription }) => subscription !== undefined));
    };
    const { finished } = await against({ tell }, cases, { workers: 12 });
    const overlapping = new Set(listening.map(({ client }) => client));
    let suspects = 0;
    let alone = 0;
    for (const { record, attempts } of finished) {
      const [first] = attempts.map(({ events }) => events);
      const names = ofKind(first ?? [], "identify-sent");
      const overlaps = names.some(({ client }) => overlapping.has(client));
      const heard = ofKind(first ?? [], "notice").some(({ client }) => client === null);
      // One that overlaps may just be over: the target has yet to learn that it hung up.
      const over = ofKind(first ?? [], "notice").some(({ client }) => client?.startsWith("sentinel"));
      expect(heard || over || !overlaps, record.id).toBe(true);
      const suspect = overlaps && heard;
      suspects += suspect ? 1 : 0;
      if (attempts.length > 1) expect([suspect, attempts[1]?.alone], record.id).toEqual([true, true]);
      alone += attempts.length - 1;
      expect(worst(record.verdicts.map(({ kind }) => kind)), record.id).toBe(
        suspect ? "inconclusive" : "pass",
      );
    }
    expect(suspects).toBeGreaterThan(1);
    // The cases are alike, so that one shows as much as all.
    expect(alone).toBe(1);
  });
});

describe.concurrent(
  "a target that answers nonsense leaves the case open, and the run goes on to its end",
  () => {
    test.each<[string, Misbehaviour]>([
      ["no STOMP", { onFrame: (_command, { socket }) => (socket.send("\u0001 \n what?"), true) }],
      ["an ERROR", { onFrame: (_command, { socket }) => (socket.send("ERROR\nmessage:no\n\n\0"), true) }],
      ["a binary frame", { onFrame: (_command, { socket }) => (socket.send(Buffer.alloc(64)), true) }],
      ["an end", { onFrame: (_command, { socket }) => (socket.terminate(), true) }],
    ])("%s", { timeout: 60_000 }, async (_what, misbehaviour) => {
      expect(kinds(await against(misbehaviour, leaving("open")))).toEqual(["inconclusive"]);
    });
  },
);

test.each([
  ["messages", "{}", 6_000],
  ["characters", JSON.stringify("x".repeat(100_000)), 210],
])(
  "a target that floods with %s leaves the case open, and says so",
  { timeout: 30_000 },
  async (_what, body, times) => {
    const { finished } = await against({ onFrame: flood(body, times) }, leaving("open"));
    for (const { kind, ...verdict } of finished[0]?.record.verdicts ?? []) {
      expect(kind).toBe("inconclusive");
      expect(verdict).toMatchObject({ reason: expect.stringContaining("the target floods") as string });
    }
  },
);

test(
  "a target that sends one client bytes without end leaves the case open, and says so",
  { timeout: 30_000 },
  async () => {
    // No message of it ever ends, so that only the proxy sees how much it is.
    const endless: Misbehaviour["onFrame"] = (command, { socket }) => {
      const part = Buffer.alloc(1_000_000, "x");
      for (let n = 0; command === "SUBSCRIBE" && n < 70; n += 1) socket.send(part, { fin: false });
      return false;
    };
    const { finished } = await against({ onFrame: endless }, leaving("open"));
    expect(finished[0]?.record.verdicts[0]).toMatchObject({
      kind: "inconclusive",
      reason: expect.stringContaining("bytes to one actor") as string,
    });
  },
);

/** Whoever subscribes is told the same so often that a case can't keep it. */
function flood(body: string, times: number): NonNullable<Misbehaviour["onFrame"]> {
  return (command, { socket }) => {
    const message = `MESSAGE\ndestination:/topic/\nsubscription:sub-0\nmessage-id:1\n\n${body}\0`;
    if (command === "SUBSCRIBE") for (let n = 0; n < times; n += 1) socket.send(message);
    return false;
  };
}

describe("a case that needs the target alone", () => {
  const checks = { R: [toldOfStop("alice")] };
  const stopping = leaving("stopping", {
    needs: ["own-target"],
    checks,
    async run(stage) {
      await stage.join("alice");
      await stage.target.stop();
    },
  });
  const ownTargetOf = (code: number) => async () => {
    const own = await startChatServer();
    const stop = async () => {
      const ended = [...own.sessions].map(({ socket }) => new Promise((done) => socket.once("close", done)));
      for (const { socket } of own.sessions) socket.close(code);
      await Promise.all(ended);
    };
    const start = () => Promise.reject(new Error("it is not started again"));
    return { url: own.url, stop, start, kill: () => own.close(), dispose: () => own.close() };
  };

  test("gets an instance of its own, which is gone afterwards", async () => {
    let disposed = 0;
    const startOwnTarget = async () => {
      const own = await ownTargetOf(1001)();
      return { ...own, dispose: () => own.dispose().then(() => void (disposed += 1)) };
    };
    const result = await against({}, [...stopping, ...leaving("other")], { startOwnTarget });
    expect(kinds(result)).toEqual(["pass", "pass"]);
    expect(result.finished[0]?.attempts).toMatchObject([{ alone: true }]);
    expect(disposed).toBe(1);
  });

  test("fails where its clients are not told", async () => {
    expect(kinds(await against({}, stopping, { startOwnTarget: ownTargetOf(1000) }))).toEqual(["fail"]);
  });

  test("is not applicable where none can be started, and open where starting fails", async () => {
    expect(kinds(await against({}, stopping))).toEqual(["not-applicable"]);
    const startOwnTarget = () => Promise.reject(new Error("no such program"));
    const { finished } = await against({}, stopping, { startOwnTarget });
    expect(finished[0]?.record.verdicts).toMatchObject([
      { kind: "inconclusive", reason: "the scenario could not go on: no such program" },
    ]);
  });
});

describe("however a target tells who comes and goes", () => {
  const clientsIn = (sessions: Iterable<SampleSession>) =>
    [...sessions].flatMap(({ client }) => client ?? []);
  const shapes: Record<string, { notice: object; tell: Tell }> = {
    "a list of those who are there": {
      notice: { roster: { match: { "/type": "users" }, list: "/users", client: "/name" } },
      tell: (_event, _session, { say, sessions }) =>
        say({ type: "users", users: clientsIn(sessions).map((name) => ({ name })) }),
    },
    "a list and nothing else": {
      notice: { roster: { list: "", client: "" } },
      tell: (_event, _session, { say, sessions }) => say(clientsIn(sessions)),
    },
    "a status that may be told again": {
      notice: {
        join: { match: { "/online": true }, client: "/user" },
        leave: { match: { "/online": false }, client: "/user" },
        repeats: true,
      },
      tell: (event, { client }, { say }) => {
        say({ user: client, online: event === "join" });
        say({ user: client, online: event === "join" });
      },
    },
    "somebody has left": {
      notice: { leave: { match: { "/type": "left" } } },
      tell: (event, _session, { say }) => say({ type: event === "join" ? "came" : "left" }),
    },
  };
  const run = (shape: string, tell = shapes[shape]?.tell) =>
    against(tell === undefined ? {} : { tell }, leaving("told", { axes: { n: ["1", "2"] } }), {
      profile: parseProfile(
        { transport: "native", deadlines: { endedMs: 150 }, notice: shapes[shape]?.notice },
        "it",
      ),
    });

  test.each(Object.keys(shapes))("%s: it passes", async (shape) => {
    expect(kinds(await run(shape))).toEqual(["pass", "pass"]);
  });

  test.each(Object.keys(shapes))(
    "%s: a leave that is not told fails, and nothing else does",
    async (shape) => {
      const { tell } = shapes[shape] ?? {};
      const ghosts = new Set<SampleSession>();
      const { finished } = await run(shape, (event, session, { say, sessions }) => {
        const forgotten = event === "leave" && session.client?.startsWith("alice") === true;
        if (forgotten) ghosts.add(session);
        else tell?.(event, session, { say, sessions: new Set([...sessions, ...ghosts]) });
      });
      for (const { record } of finished) {
        const failing = record.verdicts.filter(({ kind }) => kind === "fail").map(({ check }) => check);
        expect(failing).toEqual(["heard-by-all(alice)"]);
      }
    },
  );

  test("a list can't show that somebody left twice, nor can a status; a leave can", async () => {
    const twice = ({ finished }: RunResult) =>
      finished[0]?.record.verdicts.find(({ check }) => check === "no-leave-twice")?.kind;
    expect(twice(await run("a list and nothing else"))).toBe("not-applicable");
    expect(twice(await run("a status that may be told again"))).toBe("not-applicable");
    const again: Tell = (event, _session, { say }) => {
      if (event !== "leave") return;
      say({ type: "left" });
      say({ type: "left" });
    };
    expect(twice(await run("somebody has left", again))).toBe("fail");
  });
});

test("a case that does not end is given up when its time is over, and the others go on", async () => {
  const [stuck] = leaving("stuck", { run: () => new Promise(() => undefined) });
  const cases = [...(stuck === undefined ? [] : [stuck]), ...leaving("other")];
  const { finished } = await against({}, cases, { caseLimitMs: 2_000 });
  expect(finished.map(({ record }) => record.verdicts[0])).toMatchObject([
    { kind: "inconclusive", reason: "the case took longer than any case needs, and was given up" },
    { kind: "pass" },
  ]);
});

describe("what a right target may do differently", () => {
  const named = (notice: object, changes: object = {}) =>
    parseProfile({ transport: "native", deadlines: { endedMs: 400 }, notice, ...changes }, "it");
  const nobody = { leave: { match: { "/type": "left" } } };

  test("where notices name nobody, a slow leave of one case is not taken for another's", async () => {
    const tell: Tell = (event, _session, { say }) => {
      if (event === "leave") setTimeout(() => say({ type: "left" }), 250);
    };
    const cases = leaving("slow", { axes: { n: ["1", "2", "3"] } });
    const result = await against({ tell }, cases, { profile: named(nobody) });
    expect(kinds(result)).toEqual(["pass", "pass", "pass"]);
  });

  const never = leaving("never", {
    checks: { R: [noFalseLeave()] },
    async run(stage) {
      await stage.join("bob");
      const stranger = await stage.connect("stranger");
      await stage.inject(disconnect(stranger));
      await stage.settle();
    },
  });

  test("where they name nobody, the end of a session that never identified may be told, and may not", async () => {
    expect(kinds(await against({}, never, { profile: named(nobody) }))).toEqual(["inconclusive"]);
    const tell: Tell = (event, _session, { say }) => {
      if (event === "leave") say({ type: "left" });
    };
    for (const tellsAll of [true, false]) {
      expect(kinds(await against({ tell, tellsAll }, never, { profile: named(nobody) }))).toEqual(["pass"]);
    }
  });

  test("on a list, a session that identifies again leaves its first name behind", async () => {
    const tell: Tell = (_event, _session, { say, sessions }) =>
      say([...sessions].flatMap(({ client }) => client ?? []));
    const twice = leaving("twice", {
      async run(stage) {
        await stage.join("bob");
        const alice = await stage.join("alice", { as: "first" });
        await stage.identify(alice, "last");
        await stage.inject(disconnect(alice));
        await stage.settle();
      },
    });
    const profile = named({ roster: { list: "", client: "" } });
    expect(kinds(await against({ tell }, twice, { profile }))).toEqual(["pass"]);
  });

  test("a RECEIPT may take its time, also longer than a leave", async () => {
    const onFrame: Misbehaviour["onFrame"] = (command, { socket, client }, usual) => {
      if (command !== "DISCONNECT" || client?.startsWith("alice") !== true) return false;
      setTimeout(() => socket.readyState === socket.OPEN && usual(), 900);
      return true;
    };
    const slow = leaving("slow", { checks: { R: [receiptCame("alice")] } });
    expect(kinds(await against({ onFrame }, slow))).toEqual(["pass"]);
    const never: Misbehaviour["onFrame"] = (command) => command === "DISCONNECT";
    expect(kinds(await against({ onFrame: never }, slow))).toEqual(["fail"]);
  });
});
