import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { parseProfile } from "../harness/profile/profile.ts";
import { runCases } from "../harness/run/runner.ts";
import { casesOf } from "../harness/scenario/scenario.ts";
import { testRun } from "../testing/harness/chat-run.ts";
import type { SampleSession } from "../testing/sample-servers/server/application.ts";
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

/** Takes its time over alice's identify, drops it if her session is over by then, and ends a session at its second CONNECT. */
function slowToIdentify(): Misbehaviour {
  const known = new Set<SampleSession>();
  const connected = new Set<SampleSession["socket"]>();
  return {
    tell: (event, session, { sessions, say }) => {
      const notice = { event, clientData: session.client };
      if (event === "leave") {
        if (known.delete(session)) say(notice);
        return;
      }
      const announce = () => {
        if (!sessions.has(session)) return;
        known.add(session);
        say(notice);
      };
      if (session.client?.startsWith("alice") === true) setTimeout(announce, 700);
      else announce();
    },
    onFrame: (command, { socket }) => {
      if (command !== "CONNECT" || !connected.has(socket)) {
        connected.add(socket);
        return false;
      }
      socket.terminate();
      return true;
    },
  };
}

test("a target that reads an identify after the session's end owes no notice, whatever ended it", async () => {
  const verdicts = await verdictsOn(slowToIdentify(), 0, ["connect/second-connect"]);
  expect(verdicts.map((verdict) => verdict.split(" ").at(-1))).toContain("inconclusive");
  expect(verdicts.filter((verdict) => verdict.endsWith(" fail"))).toEqual([]);
}, 30_000);
