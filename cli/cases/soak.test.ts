import { expect, test } from "vitest";
import { defineScenario, disconnect, heardByAll, noFalseLeave, noLeaveTwice } from "../../harness/index.ts";
import { parseProfile } from "../../harness/profile/profile.ts";
import { seededRandom } from "../../harness/util/random.ts";
import { caseOf, casesOf } from "../../harness/scenario/scenario.ts";
import { testRun } from "../../testing/harness/chat-run.ts";
import { startChatServer, type Misbehaviour } from "../../testing/sample-servers/server/chat.ts";
import { runSoak, shuffled, type SoakResult } from "./soak.ts";

const profile = parseProfile({ transport: "native", deadlines: { endedMs: 300 } }, "the test's profile");

const cases = casesOf(
  defineScenario({
    id: "leave/small",
    title: "One leaves, one listens",
    axes: { n: ["1", "2", "3"] },
    async run(stage) {
      await stage.join("bob");
      await stage.inject(disconnect(await stage.join("alice")));
      await stage.settle();
    },
    checks: { R: [heardByAll("alice"), noLeaveTwice(), noFalseLeave()] },
  }),
);

const lastCase = caseOf(defineScenario({ id: "last", title: "-", run: () => Promise.resolve(), checks: {} }));
const watching = { lastCase, tell: () => undefined };

/** Soaks a small chat. Its clock counts the rounds that have begun. */
async function soaked(misbehaviour: Misbehaviour, forMs: number) {
  const server = await startChatServer(misbehaviour);
  const begun: number[] = [];
  const done: string[] = [];
  const onRound = (round: number) => void begun.push(round);
  try {
    const result = await runSoak(
      {
        ...testRun,
        ...watching,
        cases,
        profile,
        target: server.url,
        workers: 1,
        onCase: ({ id }) => done.push(id),
      },
      { forMs, seed: 5, now: () => begun.length, onRound },
    );
    return { result, begun, done };
  } finally {
    await server.close();
  }
}

const told = ({ finished }: SoakResult) =>
  finished.map(({ record: { id, verdicts } }) => [
    id,
    verdicts.map(({ kind, attempts, failedAttempts }) => `${kind} ${failedAttempts}/${attempts}`),
  ]);

test("every round asks every case, in an order of its own, and one attempt at each is kept", async () => {
  const { result, begun, done } = await soaked({}, 4);
  expect(begun).toEqual([1, 2, 3, 4]);
  expect(result.rounds).toBe(4);
  expect(told(result)).toEqual(cases.map(({ id }) => [id, Array(3).fill("pass 0/4")]));
  expect(result.finished.map(({ attempts }) => attempts.length)).toEqual([1, 1, 1]);
  const orders = [0, 3, 6, 9].map((from) => done.slice(from, from + 3));
  for (const order of orders) expect([...order].sort()).toEqual(cases.map(({ id }) => id));
  const random = seededRandom(5);
  expect(orders).toEqual(orders.map(() => shuffled(cases, random).map(({ id }) => id)));
});

test("what is wrong in one round only is wrong, with k of n, and its history is the one that is kept", async () => {
  let left = 0;
  const { result } = await soaked(
    {
      tell: (event, { client }, { say }) => {
        say({ event, clientData: client });
        // Of each case three sessions leave; the fourth leave is the first of the second case that is run.
        if (event === "leave" && (left += 1) === 4) say({ event, clientData: client });
      },
    },
    3,
  );
  const wrong = result.finished.filter(({ record }) => record.verdicts.some(({ kind }) => kind === "fail"));
  expect(wrong).toHaveLength(1);
  const [one] = wrong;
  expect(one?.record.verdicts.map((v) => `${v.kind} ${v.failedAttempts}/${v.attempts}`)).toEqual([
    "pass 0/3",
    "fail 1/3",
    "pass 0/3",
  ]);
  expect(one?.record.timeline).toBeDefined();
  expect(one?.attempts.length).toBeLessThanOrEqual(2);
});

test("interrupted, it ends with what it has", async () => {
  const controller = new AbortController();
  const server = await startChatServer();
  const onRound = (round: number) => {
    if (round === 2) controller.abort();
  };
  const soak = { forMs: Infinity, seed: 1, now: () => 0, onRound };
  const options = { ...testRun, ...watching, cases, profile, target: server.url, signal: controller.signal };
  const result = await runSoak(options, soak);
  await server.close();
  expect(told(result)).toEqual(cases.map(({ id }) => [id, Array(3).fill("pass 0/1")]));
});

test("no time at all is one round", async () => {
  const { result } = await soaked({}, 0);
  expect(result.rounds).toBe(1);
});

test("each order is as likely as any other", () => {
  const random = seededRandom(1);
  const seen = new Map<string, number>();
  for (let count = 0; count < 6_000; count += 1) {
    const order = shuffled(["a", "b", "c"], random).join("");
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  expect(seen.size).toBe(6);
  for (const [order, count] of seen) expect(Math.abs(count - 1_000), order).toBeLessThan(150);
});
