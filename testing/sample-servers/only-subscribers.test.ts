import { expect, test } from "vitest";
import type { MakeApplication } from "./server/application.ts";
import type { RightServer } from "./sample-server.ts";
import { complaintsIn, recordsOf, recordsOfAll } from "./run-cases.ts";

/** Identifies a client by a message, and only if it has subscribed to the topic before. */
const application =
  (misses?: "lost"): MakeApplication =>
  ({ tell }) => {
    const listening = new Set<unknown>();
    return {
      subscribe(session, { destination }) {
        if (destination === "/topic/") listening.add(session);
      },
      send(session, _destination, body) {
        if (!listening.has(session)) return;
        session.client = (JSON.parse(body) as { clientData: string }).clientData;
        tell("/topic/", { event: "join", clientData: session.client });
      },
      end({ client: clientData }, how) {
        if (clientData !== undefined && how !== misses) tell("/topic/", { event: "leave", clientData });
      },
    };
  };

const declared = {
  server: { path: "/ws", transport: "native" },
  profile: {
    announced: "subscribers",
    heartbeatMs: 300,
    deadlines: { endedMs: 300 },
  },
  application: application(),
} satisfies RightServer;

/** Scenarios in which a client has no subscription. */
const ids = [
  "silence/silent-drop",
  "silence/frozen",
  "heartbeats/any-byte-is-life",
  "heartbeats/slower-side-wins",
  "heartbeats/not-offered",
  "disturbed/unanswered",
  "presence/quiet",
  "presence/unsubscribe",
  "identify/before-subscribe",
  "leave/fin",
];

test("a server that announces only subscribers passes most scenarios if its profile says so", async () => {
  const { it = [] } = await recordsOfAll({ it: declared }, { ids: [...ids, "properties/any-history"] });
  expect(complaintsIn(it)).toEqual([]);
  const passed = it.filter(({ verdicts }) => verdicts.some(({ kind }) => kind === "pass"));
  const asked = passed.map(({ id }) => id.replace(/\[.*/, ""));
  expect(asked).toEqual(
    expect.arrayContaining(["silence/silent-drop", "presence/quiet", "leave/fin", "properties/any-history"]),
  );
}, 90_000);

test("the same server fails if its profile says that it announces everybody", async () => {
  const profile = { ...declared.profile, announced: "everybody" } as const;
  const records = await recordsOf(
    { ...declared, profile },
    { ids: ["presence/quiet", "disturbed/unanswered"] },
  );
  expect(complaintsIn(records).join("\n")).toMatch(/ fails: /);
}, 90_000);

test("a server that announces only subscribers fails if it misses their lost connections", async () => {
  const records = await recordsOf({ ...declared, application: application("lost") }, { ids: ["leave/fin"] });
  expect(complaintsIn(records).join("\n")).toContain("LEAVE-ON-LOST-CONNECTION heard-by-all");
}, 90_000);
