import { expect, test } from "vitest";
import type { MakeApplication } from "./server/application.ts";
import type { Shape } from "./sample-server.ts";
import { complaintsIn, recordsOf, recordsOfAll } from "./run-cases.ts";

/** Knows a client by a message, and only where it has subscribed to the topic before. */
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
        session.user = (JSON.parse(body) as { clientData: string }).clientData;
        tell("/topic/", { event: "join", clientData: session.user });
      },
      end({ user: clientData }, how) {
        if (clientData !== undefined && how !== misses) tell("/topic/", { event: "leave", clientData });
      },
    };
  };

const declared = {
  server: { path: "/ws", transport: "native", receipts: "all", heartbeats: true },
  profile: {
    announced: "subscribers",
    heartbeatMs: 300,
    deadlines: { endedMs: 300 },
  },
  application: application(),
} satisfies Omit<Shape, "broken">;

/** All of them have a client that listens to nobody. */
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

test("a server that announces only subscribers passes where its profile says so, and is asked most", async () => {
  const { it = [] } = await recordsOfAll({ it: declared }, { ids: [...ids, "properties/any-history"] });
  expect(complaintsIn(it)).toEqual([]);
  const passed = it.filter(({ verdicts }) => verdicts.some(({ kind }) => kind === "pass"));
  const asked = passed.map(({ id }) => id.replace(/\[.*/, ""));
  expect(asked).toEqual(
    expect.arrayContaining(["silence/silent-drop", "presence/quiet", "leave/fin", "properties/any-history"]),
  );
}, 90_000);

test("a server that means to announce everybody fails for the same", async () => {
  const profile = { ...declared.profile, announced: "everybody" } as const;
  const records = await recordsOf(
    { ...declared, profile },
    { ids: ["presence/quiet", "disturbed/unanswered"] },
  );
  expect(complaintsIn(records).join("\n")).toMatch(/ fails: /);
}, 90_000);

test("with the key, a server that misses lost connections of subscribers fails", async () => {
  const records = await recordsOf({ ...declared, application: application("lost") }, { ids: ["leave/fin"] });
  expect(complaintsIn(records).join("\n")).toContain("LEAVE-ON-LOST-CONNECTION heard-by-all");
}, 90_000);
