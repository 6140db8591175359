import { afterAll, beforeAll, expect, test } from "vitest";
import { disconnect, unsubscribe } from "../../harness/index.ts";
import { sessionsOf } from "../../harness/history/sessions/sessions.ts";
import { listens } from "../../harness/history/sessions/observers.ts";
import { ofKind } from "../../harness/history/events/events.ts";
import { startReferenceServer, type ReferenceServer } from "../../reference-server/server.ts";
import { openStage } from "../harness/open-stage.ts";

let server: ReferenceServer;
beforeAll(async () => {
  server = await startReferenceServer({ store: ":memory:" });
});
afterAll(() => server.stop());

const roster = { destination: "/app/roster", list: "", client: "/clientData" };

test.for(["harness", "raw"] as const)(
  "whoever comes again has a new session, and nothing of the last one (%s)",
  async (by) => {
    const { stage, history } = openStage(server.url);
    const alice = await stage.join("alice", { by });
    await stage.inject(disconnect(alice));
    await alice.reconnect({ by });
    await stage.identify(alice, "alice");
    await alice.subscribe();
    const own = sessionsOf(history.events).filter(({ actor }) => actor === "alice");
    expect(own).toHaveLength(2);
    const [first, second] = own;
    expect(second?.opened.sessionId).not.toBe(first?.opened.sessionId);
    expect(second).toMatchObject({ end: undefined, closed: undefined });
    expect(second?.subscribed).toBeDefined();
    expect(alice.session.isOpen).toBe(true);
  },
);

test("an actor that has unsubscribed receives no notices", async () => {
  const { stage, history } = openStage(server.url);
  const [alice, bob] = [await stage.join("alice", { by: "raw" }), await stage.join("bob")];
  expect(sessionsOf(history.events).map(listens)).toEqual([true, true]);
  await stage.inject(unsubscribe(alice));
  expect(sessionsOf(history.events).map(listens)).toEqual([false, true]);
  await stage.join("carol");
  const heard = ofKind(history.events, "notice").filter(({ client }) => client === stage.clientOf("carol"));
  expect(heard.map(({ actor }) => actor)).toEqual([bob.name]);
});

test("a wait returns the kind of the event; a timeout is an event in the history", async () => {
  const { stage, history } = openStage(server.url);
  const alice = await stage.connect("alice", { by: "raw", raw: { until: "opened" } });
  expect(await alice.until("the open frame")).toBe("opened");
  await alice.raw.stomp(alice.raw.connectFrame());
  expect(await alice.until("an answer to CONNECT")).toBe("connected");
  expect(await alice.until("the connection's end", 20)).toBeUndefined();
  expect(history.events.at(-1)).toMatchObject({
    kind: "waited-in-vain",
    actor: "alice",
    awaited: "the connection's end",
    waitedMs: 20,
  });
  await alice.raw.stomp("SHOUT\n\n\0");
  expect(await alice.until("the connection's end")).toBe("closed");
});

test("a roster that an actor asks for holds the clients of the case", async () => {
  const { stage, history } = openStage(server.url, { roster });
  await stage.join("alice");
  const late = await stage.connect("late");
  await late.readRoster();
  expect(ofKind(history.events, "roster-read")).toMatchObject([
    { actor: "late", clients: [stage.clientOf("alice")] },
  ]);
  const without = openStage(server.url);
  const nobody = await without.stage.connect("nobody");
  await expect(nobody.readRoster()).rejects.toThrow('the scenario needs "roster"');
});

test("an actor returns its identify as a frame, right or malformed, and records nothing", async () => {
  const { stage, history } = openStage(server.url);
  const alice = await stage.connect("alice", { by: "raw" });
  const client = stage.clientOf("alice");
  const body = JSON.stringify({ sessionId: alice.session.id, clientData: client });
  expect(alice.identifyFrame()).toBe(
    `SEND\ndestination:/ws\ncontent-type:application/json\ncontent-length:${body.length}\n\n${body}\0`,
  );
  expect(alice.identifyFrame((right, name) => `${right.length} ${name}`)).toContain(
    `\n\n${body.length} ${client}\0`,
  );
  expect(ofKind(history.events, "identify-sent")).toEqual([]);
  const unknown = openStage(server.url, {
    identify: { by: "connect" },
    stomp: { headers: { user: "{client}" } },
  });
  const bob = await unknown.stage.connect("bob", { by: "raw" });
  expect(() => bob.identifyFrame()).toThrow('the scenario needs "identify-message"');
});
