import { expect, onTestFinished, test } from "vitest";
import { disconnect, defineScenario, heardByAll, leftInsideWindow } from "../index.ts";
import { ofKind } from "../history/events/events.ts";
import { parseProfile } from "../profile/profile.ts";
import { runCases } from "./runner.ts";
import { casesOf } from "../scenario/scenario.ts";
import { testRun } from "../../testing/harness/chat-run.ts";
import { startChatServer, type Tell } from "../../testing/sample-servers/server/chat.ts";

const cases = casesOf(
  defineScenario({
    id: "leaving",
    title: "leaving",
    async run(stage) {
      await stage.join("bob");
      const alice = await stage.join("alice");
      await stage.inject(disconnect(alice));
      await stage.settle();
    },
    checks: { R: [heardByAll("alice")], S: [leftInsideWindow("alice")] },
  }),
);

interface Busy {
  /** How long each turn of the harness's event loop takes. */
  readonly busyMs: number;
  /** How much longer than usual the target takes to tell of a leave. */
  readonly lateMs: number;
  readonly endedMs: number;
}

async function run({ busyMs, lateMs, endedMs }: Busy) {
  const profile = parseProfile({ transport: "native", deadlines: { endedMs } }, "the test's profile");
  const tell: Tell = (event, { client }, { say }) => {
    setTimeout(() => say({ event, clientData: client }), event === "leave" ? lateMs : 0);
  };
  const server = await startChatServer({ tell });
  onTestFinished(server.close);
  const busy = setInterval(() => {
    const untilMs = performance.now() + busyMs;
    while (performance.now() < untilMs);
  }, 1);
  try {
    const { finished } = await runCases({ cases, profile, target: server.url, ...testRun });
    const [{ record, attempts } = { record: undefined, attempts: [] }] = finished;
    const kinds = Object.fromEntries(
      record?.verdicts.map(({ requirement, kind }) => [requirement, kind]) ?? [],
    );
    return { kinds, attempts };
  } finally {
    clearInterval(busy);
  }
}

test("turns of 80 ms each, none of which is a delay to speak of, make no right target late", async () => {
  const { kinds, attempts } = await run({ busyMs: 80, lateMs: 0, endedMs: 50 });
  expect(kinds["R"]).toBe("pass");
  expect(kinds["S"]).not.toBe("fail");
  const noted = attempts.flatMap(({ events }) => ofKind(events, "harness-lagged"));
  expect(noted.length).toBeGreaterThan(0);
  // What is open was tried beside few cases, then alone.
  if (kinds["S"] === "inconclusive") expect(attempts.map(({ alone }) => alone)).toEqual([false, false, true]);
}, 60_000);

test("a harness that is hardly busy excuses no leave that is late", async () => {
  const { kinds } = await run({ busyMs: 2, lateMs: 1_400, endedMs: 500 });
  expect(kinds["R"]).toBe("pass");
  expect(kinds["S"]).not.toBe("pass");
}, 60_000);
