import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { transportsOf } from "../../harness/profile/transports.ts";
import { leavesReceived } from "../../harness/history/sessions/observers.ts";
import { ofKind } from "../../harness/history/events/events.ts";
import { startReferenceServer, type ReferenceServer } from "../../reference-server/server.ts";
import { openStage } from "../harness/open-stage.ts";

let server: ReferenceServer;
beforeAll(async () => {
  server = await startReferenceServer({ store: ":memory:" });
});
afterAll(() => server.stop());

const each = (["harness", "process", "raw"] as const).flatMap((by) =>
  transportsOf(by).map((transport) => ({ by, transport })),
);

test.concurrent.for(each)(
  "joins and leaves by $by on $transport",
  async ({ by, transport }, { onTestFinished }) => {
    const { stage, history } = openStage(server.url, {}, { onTestFinished });
    await stage.join("carol");
    const alice = await stage.join("alice", { by, transport });
    expect(ofKind(history.events, "opened").map((e) => [e.actor, e.transport])).toEqual([
      ["carol", "websocket"],
      ["alice", transport],
    ]);
    await alice.driver.do({ do: "disconnect" });
    const left = await history.until(
      (events) =>
        leavesReceived(events, "carol", stage.clientOf("alice")).length === 1 &&
        ofKind(events, "closed").some(({ actor }) => actor === "alice"),
      8_000,
    );
    expect(left).toBe(true);
    expect(ofKind(history.events, "receipt").map(({ actor }) => actor)).toEqual(["alice"]);
    expect(ofKind(history.events, "stomp-error")).toEqual([]);
  },
);

test("an action that a client can't do is refused, with those that it can", async ({ onTestFinished }) => {
  const { stage } = openStage(server.url, {}, { onTestFinished });
  await expect(stage.connect("alice", { transport: "iframe-htmlfile" })).rejects.toThrow(
    'by: "harness" can\'t do iframe-htmlfile; it can do websocket, xhr-streaming,',
  );
});

test("a client that reports its notices slowly does not make the target late", async ({ onTestFinished }) => {
  const { stage, history } = openStage(server.url, {}, { onTestFinished });
  const bob = await stage.join("bob", { by: "process" });
  await stage.join("carol");
  const alice = await stage.join("alice");
  const left = (actor: string) => leavesReceived(history.events, actor, stage.clientOf("alice"))[0];
  const pid = bob.driver.process?.pid ?? 0;
  process.kill(pid, "SIGSTOP");
  await alice.driver.do({ do: "disconnect" });
  await history.until(() => left("carol") !== undefined, 8_000);
  await setTimeout(300);
  process.kill(pid, "SIGCONT");
  const heardMs = history.nowMs();
  await history.until(() => left("bob") !== undefined, 8_000);
  expect(left("bob")?.atMs).toBeLessThan(heardMs - 250);
  expect(left("bob")?.index).toBeGreaterThan(left("carol")?.index ?? Infinity);
});
