import { expect, onTestFinished, test } from "vitest";
import { fin, leavesNoGhost, leftInsideWindow } from "../index.ts";
import { ofKind } from "../history/events/events.ts";
import { openStage } from "../../testing/harness/open-stage.ts";
import { startChatServer, type Tell } from "../../testing/sample-servers/server/chat.ts";

/** Two and a half deadlines: late, and well within the four that a leave is waited for. */
const endedMs = 400;
const lateMs = 1_000;

test("whoever was told of an identify that its end overtook is waited for as patiently as anybody", async () => {
  const tell: Tell = (event, { client }, { say }) => {
    const isLate = event === "leave" && client?.startsWith("alice") === true;
    setTimeout(() => say({ event, clientData: client }), isLate ? lateMs : 0);
  };
  const server = await startChatServer({ tell });
  onTestFinished(server.close);
  const { stage, context } = openStage(
    server.url,
    { transport: "native", deadlines: { endedMs } },
    { token: "bare" },
  );
  await stage.join("bob");
  const alice = await stage.connect("alice", { by: "raw" });
  await stage.identifyInFlight(alice, "alice");
  await stage.inject(fin(alice));
  await stage.settle();
  const { events } = context.history;
  const evidence = { events, profile: context.profile, alone: true };
  const leave = ofKind(events, "notice").find(
    ({ event, client }) => event === "leave" && client === "alice-bare",
  );
  expect(leave?.index).toBeLessThan(ofKind(events, "waited-out")[0]?.index ?? 0);
  expect(leavesNoGhost("alice").judge(evidence).kind).toBe("pass");
  expect(leftInsideWindow("alice").judge(evidence).kind).not.toBe("pass");
});
