import { describe, expect, onTestFinished, test } from "vitest";
import type { Attempt } from "../../harness/judge/attempts/judged-attempt.ts";
import { parseProfile } from "../../harness/profile/profile.ts";
import { runCases, type FinishedCase } from "../../harness/run/runner.ts";
import { casesOf, type Case } from "../../harness/scenario/scenario.ts";
import { testRun } from "../../testing/harness/chat-run.ts";
import { startChatServer, type Misbehaviour, type Tell } from "../../testing/sample-servers/server/chat.ts";
import { arrives, ends, hears, profile, sentinel, written } from "../../testing/harness/written.ts";
import { kindOf } from "../../reports/read/record-queries.ts";
import { scenarioOf } from "../../scenarios/index.ts";
import { parsePlan, type Plan } from "../../scenarios/properties/plan.ts";
import { explore, type ExploredCases } from "./explore.ts";
import { trialRunner, type TrialRunner } from "./smallest-failure.ts";

const anyHistory = scenarioOf("properties/any-history");

const property = casesOf(anyHistory);
const other: Case = { ...casesOf({ ...anyHistory, id: "leave/other" })[0], axes: {} } as Case;

interface Exploring {
  readonly misbehaviour?: Misbehaviour;
  readonly endedMs?: number;
  /** Without it, a counterexample stays as it is found. */
  readonly shrinks?: boolean;
}

/** Explores a small chat as it misbehaves, from seed 1. */
async function explored(
  runs: number,
  { misbehaviour = {}, endedMs = 200, shrinks = false }: Exploring,
): Promise<ExploredCases> {
  const { url, close } = await startChatServer(misbehaviour);
  onTestFinished(close);
  const by = parseProfile({ transport: "native", heartbeatMs: 0, deadlines: { endedMs } }, "the test");
  const around = { ...testRun, profile: by, target: url, workers: 24 };
  const { cases, conclude } = explore(property, { seed: 1, runs }, by);
  const { finished } = await runCases({ ...around, cases });
  const { play, signal } = trialRunner(around, process.stderr);
  return conclude(finished, { play: shrinks ? play : nothing, signal, tell: () => undefined });
}

const nothing = () => Promise.resolve([]);

const doesOf = ({ replays }: ExploredCases) => {
  const { clients, steps }: Plan = parsePlan(replays[0]?.content.plan);
  return { clients: clients.length, does: steps.map(({ does }) => does) };
};

test("a server without fault passes, as one case of so many histories", async () => {
  const { finished, replays } = await explored(6, { endedMs: 1_000 });
  expect(replays).toEqual([]);
  expect(finished.map(({ record }) => [record.id, kindOf(record)])).toEqual([[anyHistory.id, "pass"]]);
  expect(finished[0]?.record.title).toBe(`${anyHistory.title} (6 of seed 1's histories)`);
  expect(finished[0]?.attempts.length).toBeGreaterThanOrEqual(6);
}, 60_000);

const failedIn = ({ replays }: ExploredCases) =>
  replays.flatMap(({ content }) => content.failed.map(({ requirement }) => requirement));

test("an end that is told twice is found, and what shows it is made small: one client comes and goes", async () => {
  const tell: Tell = (event, { client }, { say }) => {
    say({ event, clientData: client });
    if (event === "leave") say({ event, clientData: client });
  };
  const found = await explored(3, { misbehaviour: { tell }, shrinks: true });
  expect(doesOf(found)).toEqual({ clients: 1, does: ["connect", "identify", "disconnect"] });
  expect(failedIn(found)).toEqual(["LEAVE-NOT-TWICE"]);
  const [whole] = found.finished;
  expect(whole?.record.steps).toHaveLength(3);
  expect(whole?.record.replay).toBe(found.replays[0]?.file);
  const failed = whole?.record.verdicts.filter(({ kind }) => kind === "fail");
  expect(failed?.map(({ requirement }) => requirement)).toEqual(["LEAVE-NOT-TWICE"]);
}, 90_000);

test("an identify that is stored only when its session has ended leaves a ghost, which is found", async () => {
  const stored = new Set<object>();
  const tell: Tell = (event, session, { say }) => {
    const words = { event, clientData: session.client };
    if (event === "leave" && stored.delete(session)) say(words);
    if (event === "join")
      setTimeout(() => {
        stored.add(session);
        say(words);
      }, 100);
  };
  const failed = failedIn(await explored(8, { misbehaviour: { tell } }));
  expect(failed).toContain("IDENTIFY-LEAVES-NO-GHOST");
}, 60_000);

test("an old session that strikes out the new one of the same person is found", async () => {
  const there = new Set<string>();
  const tell: Tell = (event, { client = "" }, { say }) => {
    if (event === "leave" && !there.delete(client)) return;
    if (event === "join") there.add(client);
    say({ event, clientData: client });
  };
  const failed = failedIn(await explored(8, { misbehaviour: { tell } }));
  expect(["SESSIONS-OF-ONE-PERSON", "RELOAD-KEEPS-NEW-SESSION", "IDENTIFY-LEAVES-NO-GHOST"]).toEqual(
    expect.arrayContaining(failed),
  );
  expect(failed).not.toEqual([]);
}, 60_000);

describe("histories put together", () => {
  const gone = [
    ...arrives("bob", 0),
    ...arrives("alice", 1),
    hears("bob", "join", "alice", 2),
    ...ends("alice", 10),
  ];
  const told = hears("bob", "leave", "alice", 15);
  const fine = written(...gone, told, ...sentinel(1_100, "bob"));
  const again = written(...gone, told, hears("bob", "leave", "alice", 16), ...sentinel(1_100, "bob"));
  const attempt = (events: Attempt["events"], lagMaxMs = 0, trouble: string | null = null): Attempt => ({
    alone: false,
    trouble,
    durationMs: 1_200,
    lagMaxMs,
    events,
  });
  const asked: TrialRunner = {
    play: nothing,
    signal: new AbortController().signal,
    tell: () => undefined,
  };
  const { cases, conclude } = explore([...property, other], { seed: 3, runs: 3 }, profile);
  /** What a run would give that made these attempts at the histories, in their order. */
  const after = (...attempts: (readonly Attempt[])[]) => {
    const finished = attempts.map((own, place): FinishedCase => {
      const { id = "", scenario = anyHistory, axes = {} } = cases[place + 1] ?? {};
      const verdicts: FinishedCase["record"]["verdicts"] = own.some(({ events }) => events === again)
        ? [
            {
              kind: "fail",
              expected: "",
              actual: "",
              evidence: [8],
              requirement: "LEAVE-NOT-TWICE",
              check: "no-leave-twice",
              attempts: 1,
              failedAttempts: 1,
            },
          ]
        : [];
      const record = {
        id,
        scenario: scenario.id,
        title: "",
        axes,
        durationMs: 1,
        lagMaxMs: 0,
        verdicts,
        detections: [],
        timeline: again,
      };
      return { record, attempts: own };
    });
    return conclude(finished, asked);
  };

  test("are named by their seed and number, beside what else is to be run", () => {
    expect(cases.map(({ id }) => id)).toEqual([
      "leave/other",
      ...[0, 1, 2].map((number) => `properties/any-history[seed=3,history=${number}]`),
    ]);
  });

  test("are as bad as the worst of them, which is kept and can be played again", async () => {
    const { finished, replays } = await after([attempt(fine)], [attempt(again)], [attempt(fine)]);
    const [whole] = finished;
    expect(finished).toHaveLength(1);
    expect(whole?.attempts.map(({ events }) => events)).toEqual([fine, fine, again]);
    expect(whole?.record.timeline).toBe(again);
    expect(replays.map(({ file }) => file)).toEqual(["replays/any-history-3-1.json"]);
    const failed = whole?.record.verdicts.filter(({ kind }) => kind === "fail");
    expect(failed).toMatchObject([{ requirement: "LEAVE-NOT-TWICE", attempts: 1, failedAttempts: 1 }]);
  });

  test("are open where one was given up, but not for one that the harness held up", async () => {
    const open = attempt(fine, 0, "it got no CONNECTED");
    const lagging = attempt(fine, 10_000, "it got no CONNECTED");
    const hardlyLagging = attempt(fine, 2_000, "it got no CONNECTED");
    const kindAfter = async (...attempts: (readonly Attempt[])[]) => {
      const [whole] = (await after(...attempts)).finished;
      return whole === undefined ? undefined : kindOf(whole.record);
    };
    expect(await kindAfter([attempt(fine)], [open], [attempt(fine)])).toBe("inconclusive");
    expect(await kindAfter([attempt(fine)], [lagging, attempt(fine)], [attempt(fine)])).toBe("pass");
    expect(await kindAfter([attempt(fine)], [hardlyLagging, attempt(fine)])).toBe("inconclusive");
  });

  test("are shrunk only if they fail what no other case shows", async () => {
    let plays = 0;
    const play = () => {
      plays += 1;
      return nothing();
    };
    const [failing] = (await after([attempt(again)])).finished;
    if (failing === undefined) throw new Error("nothing was played");
    const history = { ...failing, record: { ...failing.record, id: cases[1]?.id ?? "" } };
    const elsewhere = (requirement: string, check: string) => {
      const verdicts = failing.record.verdicts.flatMap((own) =>
        own.kind === "fail" ? [{ ...own, requirement, check }] : [],
      );
      return { ...failing, record: { ...failing.record, id: "leave/other", verdicts } };
    };
    const replaysOf = async (...others: FinishedCase[]) =>
      (await conclude([...others, history], { ...asked, play })).replays.length;
    expect(await replaysOf(elsewhere("LEAVE-NOT-TWICE", "another"))).toBe(1);
    expect(await replaysOf(elsewhere("ANOTHER", "no-leave-twice(alice)"))).toBe(1);
    expect(plays).toBe(0);
    expect(await replaysOf(elsewhere("ANOTHER", "another"))).toBe(1);
    expect(plays).toBeGreaterThan(0);
  });

  test("leave nothing where none has ended", async () => {
    expect(await after()).toEqual({ finished: [], replays: [] });
  });
});

test("without a history to play there is no case of the property, and with no other case nothing to do", () => {
  expect(explore([...property, other], { seed: 1, runs: 0 }, profile).cases).toEqual([other]);
  expect(explore([...property, other], { seed: 1, tier: "quick" }, profile).cases).toEqual([other]);
  expect(explore(property, { seed: 1 }, profile).cases).toHaveLength(40);
  expect(() => explore(property, { seed: 1, runs: 0 }, profile)).toThrow("--runs");
});
