import { expect, test } from "vitest";
import { startReferenceServer } from "../../reference-server/server.ts";
import { fin } from "../../harness/index.ts";
import { openStage } from "../harness/open-stage.ts";

test.concurrent.for(["websocket", "native", "xhr-streaming", "xhr-polling", "eventsource"])(
  "on %s an identify waits for the next fault, and reaches the target right before it",
  async (transport, { onTestFinished }) => {
    const server = await startReferenceServer();
    const { stage, history } = openStage(server.url, {}, { onTestFinished });
    onTestFinished(() => server.stop());
    await stage.join("bob");
    const alice = await stage.connect("alice", { by: "raw", transport });
    await stage.identifyInFlight(alice, "alice");
    // The target answers bob meanwhile, and would have sent him the join.
    const dave = await stage.join("dave");
    await stage.inject(fin(alice));
    await stage.settle();
    const told = (client: string | undefined, event: string) =>
      history.events.findIndex(
        (e) => e.kind === "notice" && e.actor === "bob" && e.event === event && e.client === client,
      );
    const ended = history.events.findIndex((e) => e.kind === "fault-injected" && e.actor === "alice");
    expect(told(dave.session.client, "join")).toBeLessThan(ended);
    expect(told(alice.session.client, "join")).toBeGreaterThan(ended);
    expect(told(alice.session.client, "leave")).toBeGreaterThan(told(alice.session.client, "join"));
  },
);

test("an identify that never reaches the proxy is not in flight", async ({ onTestFinished }) => {
  const server = await startReferenceServer();
  const { stage } = openStage(server.url, {}, { onTestFinished });
  onTestFinished(() => server.stop());
  const alice = await stage.connect("alice", { by: "raw" });
  alice.proxy.kept = () => Promise.resolve(undefined);
  await expect(stage.identifyInFlight(alice, "alice")).rejects.toThrow(
    "alice's identify did not come to its proxy",
  );
});
