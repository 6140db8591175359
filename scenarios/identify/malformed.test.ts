import { expect, onTestFinished, test } from "vitest";
import { parseProfile } from "../../harness/profile/profile.ts";
import { runCases } from "../../harness/run/runner.ts";
import { casesOf } from "../../harness/scenario/scenario.ts";
import { testRun } from "../../testing/harness/chat-run.ts";
import { startChatServer, type Misbehaviour } from "../../testing/sample-servers/server/chat.ts";
import { scenarioOf } from "../index.ts";

const profile = parseProfile(
  { transport: "native", heartbeatMs: 0, deadlines: { endedMs: 500 } },
  "the test",
);

/** Returns the failures after an identify without a name, one text per check. */
async function failuresOf(misbehaviour: Misbehaviour = {}): Promise<readonly string[]> {
  const chat = await startChatServer(misbehaviour);
  onTestFinished(chat.close);
  const cases = ["identify/malformed", "identify/nameless-after"]
    .map(scenarioOf)
    .flatMap(casesOf)
    .filter(({ axes }) => axes["body"] === "no-data" || axes["body"] === "null-data");
  const { finished } = await runCases({ ...testRun, cases, profile, target: chat.url });
  return finished.flatMap(({ record: { scenario, axes, verdicts } }) =>
    verdicts.flatMap((verdict) => {
      if (verdict.kind === "pass") return [];
      const words = verdict.kind === "fail" ? verdict.actual : verdict.reason;
      return [`${scenario} ${axes["body"] ?? ""} ${verdict.kind} ${verdict.check}: ${words}`];
    }),
  );
}

/** Server that accepts only strings as names, and announces no other clients. */
const careful: Misbehaviour = {
  tell: (event, session, { say }) => {
    if (typeof session.client === "string") say({ event, clientData: session.client });
  },
};

test("a server that announces clients without a name is told so, with what it sent", async () => {
  const failures = await failuresOf({
    tell: (event, { client }, { say }) => say({ event, clientData: client ?? "undefined" }),
  });
  for (const body of ["no-data", "null-data"])
    expect(failures).toContainEqual(
      expect.stringMatching(
        new RegExp(`^identify/malformed ${body} fail nothing-of\\(rubbish\\): .*\\\\"undefined\\\\"`),
      ),
    );
  expect(failures.filter((words) => words.includes("inconclusive"))).toEqual([]);
});

test("a server that forgets a known client for it never tells of its leave; the sessions beside it are in order", async () => {
  const failures = await failuresOf(careful);
  expect(failures.map((words) => words.replace(/:.*/s, "")).sort()).toEqual([
    "identify/nameless-after no-data fail heard-by-all(alice)",
    "identify/nameless-after null-data fail heard-by-all(alice)",
  ]);
});
