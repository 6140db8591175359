import { describe, expect, onTestFinished, test } from "vitest";
import { against, chatProfile, leaving, testRun } from "../../testing/harness/chat-run.ts";
import { arrives, closes, profile, written, type WrittenEvent } from "../../testing/harness/written.ts";
import { clientsStayConnected, othersStayConnected } from "../index.ts";
import { judgeCase } from "../judge/attempts/judge-case.ts";
import type { Attempt } from "../judge/attempts/judged-attempt.ts";
import type { CaseRecord, CheckRecord } from "../judge/record.ts";
import { caseOf, type Case } from "../scenario/scenario.ts";
import { startChatServer, type Tell } from "../../testing/sample-servers/server/chat.ts";
import { runWatched } from "./death/watched-run.ts";
import type { FinishedCase } from "./runner.ts";
import { lostClientsOf, withLostClients } from "./lost-clients.ts";

const attached = [
  1,
  {
    kind: "observer-attached",
    actor: "observer-5",
    transport: "xhr-polling",
    sessionId: "s",
    version: "1.2",
    clientHeartbeatMs: 0,
    serverHeartbeatMs: 0,
    destination: "/topic/",
    confirmedBy: "receipt",
    client: "observer-5",
    listenedMs: 5,
  },
] as const;
const one = (id: string) =>
  caseOf({
    ...{ id, title: id, run: () => Promise.resolve() },
    checks: { "OTHERS-STAY-CONNECTED": [othersStayConnected()] },
  });
const attempt = (...closed: WrittenEvent[]): Attempt => ({
  alone: false,
  trouble: null,
  startedAt: "2026-11-30T12:00:00.000Z",
  durationMs: 20,
  lagMaxMs: 0,
  events: written(attached, ...closed, ...arrives("alice", 4_000)),
});
const record = (id: string, ...verdicts: CheckRecord[]): CaseRecord => ({
  ...{ id, scenario: id, title: id, axes: {}, durationMs: 1, lagMaxMs: 0, detections: [] },
  verdicts,
});
const failed: CheckRecord = {
  kind: "fail",
  ...{ expected: "", actual: "", evidence: [], attempts: 1, failedAttempts: 1 },
  ...{ requirement: "OTHERS-STAY-CONNECTED", check: "others-stay-connected" },
};
const lost = (run: readonly { one: Case; record: CaseRecord; attempts: readonly Attempt[] }[]) =>
  lostClientsOf(
    run.map(({ one }) => one),
    run,
    profile,
  );
const closing = attempt(closes("observer-5", 3_000, 3000));

test("a shared observer that the target closed is a loss of the run, unless a case repeats it", () => {
  const run = [
    { one: one("leave/fin"), record: record("leave/fin"), attempts: [closing, attempt()] },
    { one: one("leave/rst"), record: record("leave/rst"), attempts: [attempt()] },
  ];
  expect(lost(run)).toEqual([
    {
      client: "observer-5",
      caseId: "leave/fin",
      reason:
        "the target closed observer-5's connection with code 3000, at 3.000 s: gone (in leave/fin, 12:00:03 UTC, which did not repeat it)",
    },
  ]);
  const repeated = { one: one("leave/close"), record: record("leave/close", failed), attempts: [attempt()] };
  expect(lost([...run, repeated])).toEqual([]);
});

test("an observer is no loss where the harness's own delay may have made it miss its heartbeats", () => {
  const beating = { ...attached[1], clientHeartbeatMs: 1_000 } as const;
  const lagged = [
    2_900,
    { kind: "harness-lagged", actor: "harness", lagMs: 2_500, source: "event-loop" },
  ] as const;
  const late: Attempt = {
    ...attempt(),
    events: written([1, beating], [...lagged], closes("observer-5", 3_000, 3000), ...arrives("alice", 4_000)),
  };
  const run = [{ one: one("leave/fin"), record: record("leave/fin"), attempts: [late, attempt()] }];
  expect(lost(run)).toEqual([]);
});

test("losses are the last events of the last attempt", () => {
  const losses = [{ client: "observer-5", caseId: "leave/fin", reason: "r" }];
  const event = { kind: "client-lost", actor: "observer-5", reason: "r" };
  expect(withLostClients([], losses)).toMatchObject([{ events: [{ ...event, index: 0, atMs: 0 }] }]);
  const [first, last] = withLostClients([attempt(), attempt()], losses);
  expect(first).toEqual(attempt());
  expect(last?.events.at(-1)).toMatchObject({ ...event, index: attempt().events.length, atMs: 20 });
});

test("a loss counts beside attempts that passed", () => {
  const last = caseOf({
    ...{ id: "last", title: "t", run: () => Promise.resolve() },
    checks: { "OTHERS-STAY-CONNECTED": [clientsStayConnected()] },
  });
  const [lost] = withLostClients([attempt()], [{ client: "observer-5", caseId: "leave/fin", reason: "r" }]);
  if (lost === undefined) throw new Error("nothing was added");
  for (const attempts of [
    [lost, attempt()],
    [attempt(), lost],
  ])
    expect(judgeCase(last, attempts, profile).verdicts).toMatchObject([{ kind: "fail", failedAttempts: 1 }]);
});

describe("a client of one case", () => {
  const staying = (count: number): Case[] =>
    Array.from({ length: count }, (_, n) =>
      leaving(`staying-${n}`, { checks: { "OTHERS-STAY-CONNECTED": [othersStayConnected()] } }),
    ).flat();
  const isBob = ({ client }: { client: string | undefined }) => client?.startsWith("bob") === true;
  const failedIn = ({ record }: FinishedCase) => record.verdicts.some(({ kind }) => kind === "fail");

  test("that the target closed once is lost by the run, and its case passes", async () => {
    let left = 0;
    const tell: Tell = (event, { client }, { sessions, say }) => {
      say({ event, clientData: client });
      if (event === "leave" && (left += 1) === 3) [...sessions].find(isBob)?.socket.close(3000, "Go away!");
    };
    const { finished, lostClients } = await against({ tell }, staying(20), { workers: 20 });
    expect(finished.filter(failedIn)).toEqual([]);
    expect(lostClients).toHaveLength(1);
    expect(lostClients[0]?.reason).toMatch(
      /^the target closed bob's connection .* which did not repeat it\)$/,
    );
  });

  test("that the target closed once is the one finding of a whole run, in its last case", async () => {
    let left = 0;
    const tell: Tell = (event, { client }, { sessions, say }) => {
      say({ event, clientData: client });
      if (event === "leave" && (left += 1) === 3) [...sessions].find(isBob)?.socket.close(3000, "Go away!");
    };
    const server = await startChatServer({ tell });
    onTestFinished(() => server.close());
    const lastCase = caseOf({
      ...{ id: "last", title: "t", run: (stage) => stage.connect("alice").then(() => undefined) },
      checks: { "OTHERS-STAY-CONNECTED": [clientsStayConnected()] },
    });
    const cases = staying(20);
    const { finished } = await runWatched({
      ...{ ...testRun, cases, lastCase, profile: chatProfile, target: server.url },
      ...{ workers: 20, process: undefined, tell: () => undefined },
    });
    expect(finished.filter(failedIn).map(({ record }) => record.id)).toEqual(["last"]);
    const last = finished.find(({ record }) => record.id === "last")?.record;
    const [verdict] = last?.verdicts ?? [];
    expect(verdict?.kind === "fail" && verdict.actual).toMatch(/^the target closed bob's .* \(in staying-/);
  });

  test("that the target closes whenever another leaves is a finding of each case", async () => {
    const tell: Tell = (event, { client }, { sessions, say }) => {
      say({ event, clientData: client });
      const token = client?.split("-").at(-1) ?? "";
      const ofCase = [...sessions].filter((one) => isBob(one) && one.client?.endsWith(token) === true);
      if (event === "leave" && client?.startsWith("alice") === true)
        for (const { socket } of ofCase) socket.close(3000, "Go away!");
    };
    const { finished, lostClients } = await against({ tell }, staying(3), { workers: 20 });
    expect(finished.filter(failedIn)).toHaveLength(3);
    expect(lostClients).toEqual([]);
  });
});
