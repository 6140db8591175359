import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { parseProfile } from "../harness/profile/profile.ts";
import { runCases } from "../harness/run/runner.ts";
import { casesOf } from "../harness/scenario/scenario.ts";
import { testRun } from "../testing/harness/chat-run.ts";
import { startChatServer, type Misbehaviour } from "../testing/sample-servers/server/chat.ts";
import { phaseIn } from "./grid.ts";
import { scenarios } from "./index.ts";

/** Returns the verdicts of these scenarios on a chat with this misbehaviour, as `case requirement kind`. */
async function verdictsOn(misbehaviour: Misbehaviour, heartbeatMs: number, ids: readonly string[]) {
  const server = await startChatServer(misbehaviour);
  try {
    const deadlines = { endedMs: 300 };
    const { finished } = await runCases({
      cases: scenarios
        .filter(({ id }) => ids.includes(id))
        .flatMap(casesOf)
        .filter(({ axes }) => phaseIn(axes) === "identified" && (axes["transport"] ?? "native") === "native"),
      profile: parseProfile({ transport: "native", heartbeatMs, deadlines }, "the test's profile"),
      target: server.url,
      ...testRun,
    });
    return finished.flatMap(({ record: { id, verdicts } }) =>
      verdicts.map(({ requirement, kind }) => `${id} ${requirement} ${kind}`),
    );
  } finally {
    await server.close();
  }
}

/** Requests heartbeats from clients, ignores their absence, and sends no heartbeats. */
const silent: Misbehaviour = { heartbeats: { answer: [0, 200], droppedAfterMs: Infinity } };

const pinging: Misbehaviour = {
  onFrame: (command, { socket }) => {
    if (command !== "CONNECT") return false;
    const timer = setInterval(() => socket.ping(), 50);
    socket.once("close", () => clearInterval(timer));
    return false;
  },
};

/** Does the same, and ignores the end of a client's half of the connection. */
const deaf: Misbehaviour = {
  ...silent,
  onFrame: (command, { socket }) => {
    if (command === "CONNECT") (socket as unknown as { _socket: Socket })._socket.removeAllListeners("end");
    return false;
  },
};

test("a target that has nothing to say is asked all that is disturbed between it and its clients", async () => {
  const ids = ["delay", "jitter", "outage", "unanswered"].map((name) => `disturbed/${name}`);
  const verdicts = await verdictsOn(silent, 200, ids);
  expect(verdicts.filter((verdict) => !verdict.endsWith(" pass"))).toEqual([]);
  expect(new Set(verdicts.map((verdict) => verdict.split(" ")[0])).size).toBe(6);
}, 30_000);

test("a target that pings its clients all the time is asked whether it notices an idle cut", async () => {
  const verdicts = await verdictsOn(pinging, 0, ["leave/idle-cut"]);
  expect(verdicts).toContain(
    "leave/idle-cut[transport=native,phase=identified] LEAVE-ON-LOST-CONNECTION pass",
  );
  expect(verdicts.filter((verdict) => !verdict.endsWith(" pass"))).toEqual([]);
}, 30_000);

test.skipIf(process.platform !== "linux")(
  "a target that neither minds a half-close nor says anything fails",
  async () => {
    expect(await verdictsOn(deaf, 200, ["leave/half-close"])).toContain(
      "leave/half-close[transport=native,phase=identified] LEAVE-ON-LOST-CONNECTION fail",
    );
  },
  30_000,
);
