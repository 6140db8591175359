import { describe, expect, onTestFinished, test } from "vitest";
import {
  close,
  defineScenario,
  disconnect,
  disconnectAndLinger,
  fin,
  halfClose,
  heardByAll,
  idleCut,
  noFalseLeave,
  othersStayConnected,
  rst,
} from "../index.ts";
import { sessionsOf } from "../history/sessions/sessions.ts";
import { ofKind } from "../history/events/events.ts";
import { sessionsByName } from "./sessions-by-name.ts";
import { runCases, type RunResult } from "./runner.ts";
import { casesOf, type Case, type Scenario } from "../scenario/scenario.ts";
import { against, chatProfile, leaving as leavingBy, testRun } from "../../testing/harness/chat-run.ts";
import { openStage } from "../../testing/harness/open-stage.ts";
import { startChatServer, type Misbehaviour } from "../../testing/sample-servers/server/chat.ts";
import type { SampleSession } from "../../testing/sample-servers/server/application.ts";
import { worst } from "../judge/verdict.ts";

const caseOf = (scenario: Omit<Scenario, "title">): Case[] =>
  casesOf(defineScenario({ title: scenario.id, ...scenario }));

const checks = {
  LEFT: [heardByAll("alice")],
  TRUE: [noFalseLeave()],
  STAYS: [othersStayConnected()],
};

const leaving = (id: string, changes: Partial<Scenario> = {}) => leavingBy(id, { checks, ...changes });

const kindsOf = ({ finished }: RunResult) =>
  Object.fromEntries(
    finished.map(({ record }) => [record.id, worst(record.verdicts.map(({ kind }) => kind))]),
  );

describe("a target that closes by itself some time after DISCONNECT ends the session, whatever was to follow:", () => {
  const faults = { fin, rst, "half-close": halfClose, "idle-cut": idleCut, close };
  const cases = caseOf({
    id: "after-disconnect",
    axes: { fault: Object.keys(faults) },
    async run(stage) {
      const make = Object.entries(faults).find(([name]) => name === stage.axes["fault"])?.[1] ?? fin;
      await stage.join("bob");
      const alice = await stage.join("alice", { by: "raw" });
      await stage.inject(disconnectAndLinger(alice, { receipt: true }));
      await alice.untilDisconnectTaken();
      await stage.inject(make(alice));
      await stage.settle();
    },
    checks,
  });
  const closingAfter = (afterMs: number, tells: boolean): Misbehaviour => ({
    tell: (event, { client }, { say }) => {
      if (event === "join" || client?.startsWith("alice") !== true || tells)
        say({ event, clientData: client });
    },
    onFrame: (command, { socket }) => {
      if (command === "DISCONNECT") setTimeout(() => socket.close(1000), afterMs);
      return false;
    },
  });

  test.each([0, 60])("it is judged, when it closes after %s ms", async (afterMs) => {
    const result = await against(closingAfter(afterMs, true), cases);
    expect(new Set(Object.values(kindsOf(result)))).toEqual(new Set(["pass"]));
  });

  test("and a leave that is not told then is missing", async () => {
    const { finished } = await against(closingAfter(60, false), cases.slice(0, 4));
    for (const { record } of finished)
      expect(record.verdicts.find(({ requirement }) => requirement === "LEFT")?.kind, record.id).toBe("fail");
  });
});

test("a target that closes living clients fails in that, once in each case, and all else follows from it", async () => {
  const { finished } = await against(
    {
      onFrame: (command, { socket }) => {
        if (command === "SEND") socket.close(1011, "oops");
        return command === "SEND";
      },
    },
    [...leaving("one"), ...leaving("other")],
  );
  expect(finished).toHaveLength(2);
  for (const { record } of finished) {
    const [left, isTrue, stays] = record.verdicts;
    expect(stays).toMatchObject({ kind: "fail", expected: "bob stays connected" });
    expect(stays).toHaveProperty(
      "actual",
      expect.stringMatching(
        /^the target closed bob's connection with code 1011, \d+ ms after its identify: oops$/,
      ),
    );
    for (const other of [left, isTrue])
      expect(other).toHaveProperty(
        "reason",
        expect.stringMatching(/^follows from STAYS: the target closed bob/),
      );
  }
});

test("a target that dies is not one that closes living clients", async () => {
  const sockets: SampleSession[] = [];
  const server = await startChatServer({
    onFrame: (command, session) => {
      if (command === "CONNECT") sockets.push(session);
      if (command === "SEND") void server.close();
      return false;
    },
  });
  const { finished } = await runCases({
    cases: leaving("dying"),
    profile: chatProfile,
    target: server.url,
    ...testRun,
  });
  const [stays] = (finished[0]?.record.verdicts ?? []).filter(({ requirement }) => requirement === "STAYS");
  expect(stays?.kind).toBe("inconclusive");
});

test("a client that waits for an answer learns at once who closed its connection", async () => {
  const { finished } = await against(
    {
      onFrame: (command, { socket }) => {
        if (command === "SUBSCRIBE") socket.close(1011);
        return command === "SUBSCRIBE";
      },
    },
    leaving("subscribing"),
  );
  expect(finished[0]?.record.verdicts.find(({ requirement }) => requirement === "STAYS")).toHaveProperty(
    "actual",
    expect.stringMatching(/^the target closed bob's connection with code 1011, \d+ ms after its SUBSCRIBE$/),
  );
  // Nobody waited ten seconds for a RECEIPT.
  expect(finished[0]?.attempts[0]?.durationMs).toBeLessThan(8_000);
});

describe("where a target breaks a frame on the shared topic,", () => {
  const broken = (session: SampleSession, client: string) => {
    const body = JSON.stringify({ event: "join", clientData: client });
    const head = `MESSAGE\ndestination:/topic/\nsubscription:${session.subscription ?? ""}\nmessage-id:1`;
    session.socket.send(`${head}\ncontent-length:${body.length - 4}\n\n${body}\0`);
  };
  /** Counts wrong over whoever has an accent in its name. */
  const miscounting: Misbehaviour = {
    tell: (event, { client }, { say, sessions }) => {
      if (event !== "join" || client?.includes("é") !== true) return say({ event, clientData: client });
      for (const session of sessions) if (session.subscription !== undefined) broken(session, client);
    },
  };
  const breaking = (by: "harness" | "raw"): Partial<Scenario> => ({
    mayBreakFrames: true,
    async run(stage) {
      await stage.join("bob", { by });
      const alice = await stage.join("alice", { as: "aliceé" });
      await stage.inject(disconnect(alice));
      await stage.settle();
    },
  });

  test.each(["harness", "raw"] as const)(
    "a client (%s) closes by itself and says why, and no other case is the worse for it",
    async (by) => {
      const others = leaving("plain", { axes: { n: ["1", "2", "3", "4"] } });
      const result = await against(miscounting, [...leaving("breaking", breaking(by)), ...others]);
      const { breaking: own, ...rest } = kindsOf(result);
      expect(own).toBe("inconclusive");
      expect(new Set(Object.values(rest))).toEqual(new Set(["pass"]));
      const [first] = result.finished;
      expect(first?.attempts.map(({ alone }) => alone)).toEqual([false, true]);
      const events = first?.attempts[0]?.events ?? [];
      expect(ofKind(events, "gave-up")[0]?.reason).toMatch(/content-length/);
      expect(sessionsOf(events).find(({ actor }) => actor === "bob")?.closedBy).toBe("client");
    },
  );
});

test("a session that the target closed may have left under the name before its last, which the run counts", async () => {
  let sent = 0;
  const server = await startChatServer({
    onFrame: (command, { socket }) => {
      if (command !== "SEND" || (sent += 1) === 1) return false;
      socket.terminate();
      return true;
    },
  });
  onTestFinished(server.close);
  const { stage, context } = openStage(
    server.url,
    { transport: "native", deadlines: { endedMs: 500 } },
    { token: "bare" },
  );
  const alice = await stage.join("alice", { as: "first" });
  await stage.identify(alice, "last").catch(() => undefined);
  await expect.poll(() => alice.session.isOpen).toBe(false);
  expect(Object.fromEntries(sessionsByName(context.history.events, context.profile))).toEqual({
    "first-bare": { count: 1, endsInCleanup: false },
    "last-bare": { count: 1, endsInCleanup: false },
  });
});
