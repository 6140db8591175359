import { expect, onTestFinished, test } from "vitest";
import { chatProfile, leaving, testRun } from "../../testing/harness/chat-run.ts";
import { startChatServer, type Tell } from "../../testing/sample-servers/server/chat.ts";
import { connects, disconnect, heardByAll } from "../index.ts";
import { caseOf } from "../scenario/scenario.ts";
import { runWatched } from "./death/watched-run.ts";

const checks = { R: [heardByAll("alice")] };
const listening = leaving("listening", {
  checks,
  async run(stage) {
    await stage.join("carol");
    const alice = await stage.join("alice");
    await stage.wait(4_000);
    await stage.inject(disconnect(alice));
    await stage.settle();
  },
});
const lastCase = caseOf({
  ...{ id: "last", title: "t", run: (stage) => stage.connect("alice").then(() => undefined) },
  checks: { C: [connects("alice")] },
});

/** Runs two cases, in one of which bob leaves in the cleanup. Returns the failures of each case by id. */
async function failuresWith(tell: Tell): Promise<Record<string, readonly unknown[]>> {
  const server = await startChatServer({ tell });
  onTestFinished(() => server.close());
  const cases = [...listening, ...leaving("left", { checks })];
  const { finished } = await runWatched({
    ...{ ...testRun, cases, lastCase, profile: chatProfile, target: server.url },
    ...{ process: undefined, tell: () => undefined },
  });
  return Object.fromEntries(
    finished.map(({ record }) => [record.id, record.verdicts.filter(({ kind }) => kind === "fail")]),
  );
}

const twice =
  (...names: string[]): Tell =>
  (event, { client }, { say }) => {
    const often = event === "leave" && names.some((name) => client?.startsWith(name)) ? 2 : 1;
    for (let n = 0; n < often; n += 1) say({ event, clientData: client });
  };

test("a client that leaves after its case, and is announced twice, is a finding of the last case", async () => {
  const { left, last } = await failuresWith(twice("bob"));
  expect(left).toEqual([]);
  expect(last).toMatchObject([
    {
      ...{ requirement: "LEAVE-NOT-TWICE", check: "no-leave-twice" },
      actual: expect.stringMatching(
        /received 2 leaves of "bob-.+", who had 1 session \(in left, after the case was over\): \{"event":"leave"/,
      ) as string,
    },
  ]);
});

test("where a case shows a leave announced twice, the clients that leave after it add no finding", async () => {
  const { left, last } = await failuresWith(twice("bob", "alice"));
  expect(left).toMatchObject([{ requirement: "LEAVE-NOT-TWICE" }]);
  expect(last).toBeUndefined();
});

test("clients that leave after their case, each announced once, are no finding", async () => {
  expect(await failuresWith(twice())).toEqual({ left: [], listening: [] });
});
