import { expect, onTestFinished, test } from "vitest";
import { ofKind, type HistoryEvent } from "../../harness/history/events/events.ts";
import { noFalseLeave, noLeaveTwice } from "../../harness/index.ts";
import { parseProfile, type ProfileInput } from "../../harness/profile/profile.ts";
import { runCases } from "../../harness/run/runner.ts";
import { testRun } from "../../testing/harness/chat-run.ts";
import { startChatServer, type Misbehaviour } from "../../testing/sample-servers/server/chat.ts";
import { caseOfPlan } from "./case-of-plan.ts";
import type { Act, Client, PlanStep } from "./plan.ts";

const client = (name: Client["name"], as = name): Client => ({ name, as, transport: "usual" });
const step = (who: PlanStep["who"], does: Act, waits = false): PlanStep => ({ who, does, waits });

/** Returns the history of a plan on a small chat. */
async function played(
  clients: readonly Client[],
  steps: readonly PlanStep[],
  { misbehaviour = {}, profile = {} }: { misbehaviour?: Misbehaviour; profile?: ProfileInput } = {},
): Promise<readonly HistoryEvent[]> {
  const { url, close } = await startChatServer(misbehaviour);
  onTestFinished(close);
  const by = parseProfile(
    { transport: "native", heartbeatMs: 0, deadlines: { endedMs: 300 }, ...profile },
    "the test",
  );
  const cases = [caseOfPlan({ clients, steps }, "properties/any-history")];
  const { finished } = await runCases({ ...testRun, cases, profile: by, target: url });
  const [attempt] = finished[0]?.attempts ?? [];
  expect(attempt?.trouble).toBeNull();
  return attempt?.events ?? [];
}

const faultOf = (events: readonly HistoryEvent[], actor: string) =>
  ofKind(events, "fault-injected").find((e) => e.actor === actor);
const joinsBefore = (events: readonly HistoryEvent[], observer: string, name: string, index = Infinity) =>
  ofKind(events, "notice").filter(
    (n) =>
      n.event === "join" &&
      n.actor === observer &&
      n.client?.startsWith(`${name}-`) === true &&
      n.index < index,
  ).length;

test("an identify that an end follows at once is on the way when the end begins, and arrives ahead of it", async () => {
  const heard = new Map<object, string[]>();
  const onFrame: NonNullable<Misbehaviour["onFrame"]> = (command, session) => {
    heard.set(session, [...(heard.get(session) ?? []), command]);
    return false;
  };
  const steps = [step("alice", "connect"), step("alice", "identify"), step("alice", "disconnect")];
  const events = await played([client("alice")], steps, { misbehaviour: { onFrame } });
  const fault = faultOf(events, "alice")?.index ?? -1;
  const held = ofKind(events, "identify-held").find(({ actor }) => actor === "alice");
  expect(held?.index).toBeLessThan(fault);
  expect(joinsBefore(events, "bob", "alice", fault)).toBe(0);
  const [, , alice] = heard.values();
  expect(alice).toEqual(["CONNECT", "SEND", "DISCONNECT"]);
});

test("what waits was heard by those who listen, before anything else is done", async () => {
  const steps = [
    step("alice", "connect"),
    step("alice", "identify", true),
    step("dave", "connect"),
    step("alice", "fin", true),
    step("alice", "connect"),
  ];
  const events = await played([client("alice"), client("dave")], steps);
  const opened = (actor: string) => ofKind(events, "opened").find((e) => e.actor === actor)?.index ?? -1;
  for (const observer of ["bob", "carol"]) {
    expect(joinsBefore(events, observer, "alice", opened("dave"))).toBe(1);
    const leave = ofKind(events, "notice").find((n) => n.event === "leave" && n.actor === observer);
    expect(leave?.index).toBeLessThan(opened("alice-2"));
  }
  expect(faultOf(events, "dave")).toBeUndefined();
});

test("each of a person's sessions is waited for, not just anybody of that name", async () => {
  let joins = 0;
  const tell: NonNullable<Misbehaviour["tell"]> = (event, session, { say }) => {
    const words = { event, clientData: session.client };
    const isSecond = event === "join" && session.client?.startsWith("alice-") === true && (joins += 1) === 2;
    if (isSecond) setTimeout(() => say(words), 100);
    else say(words);
  };
  const steps = [
    step("alice", "connect"),
    step("alice", "identify"),
    step("dave", "connect"),
    step("dave", "identify", true),
    step("alice", "rst"),
    step("dave", "rst"),
  ];
  const events = await played([client("alice"), client("dave", "alice")], steps, { misbehaviour: { tell } });
  expect(joinsBefore(events, "bob", "alice", faultOf(events, "alice")?.index)).toBe(2);
});

test("who reconnects at once is another session, begun before the end of the first is seen to be over", async () => {
  const steps = [
    step("alice", "connect"),
    step("alice", "identify", true),
    step("alice", "close"),
    step("alice", "connect"),
    step("alice", "identify"),
  ];
  const events = await played([client("alice")], steps);
  const names = ofKind(events, "identify-sent").flatMap(({ actor, client: name }) =>
    actor.startsWith("alice") ? [name] : [],
  );
  expect(names).toHaveLength(2);
  expect(new Set(names).size).toBe(1);
  const witness = ofKind(events, "fault-witnessed").find(({ actor }) => actor === "alice");
  expect(faultOf(events, "alice")?.index).toBeLessThan(witness?.index ?? -1);
});

test("where nobody listens for heartbeats, who is to fall silent loses the connection", async () => {
  const steps = [step("alice", "connect"), step("alice", "identify", true), step("alice", "fall-silent")];
  expect(faultOf(await played([client("alice")], steps), "alice")?.fault).toBe("rst");
});

test("where only the last session of a person is announced, one more leave is undue", async () => {
  /** Announces people, or by mistake each of their ends. */
  const people = (isRight: boolean): Misbehaviour => {
    const counts = new Map<string, number>();
    return {
      tell: (event, { client = "" }, { say }) => {
        const count = (counts.get(client) ?? 0) + (event === "join" ? 1 : -1);
        counts.set(client, count);
        if (event === "join" ? count === 1 : count === 0 || !isRight) say({ event, clientData: client });
      },
    };
  };
  const steps = (["alice", "dave"] as const).flatMap((who) => [
    step(who, "connect"),
    step(who, "identify", true),
  ]);
  const plan = [...steps, step("alice", "fin", true), step("dave", "close", true)];
  const verdictsOn = async (isRight: boolean) => {
    const profile: ProfileInput = { transport: "native", sessions: "last", deadlines: { endedMs: 300 } };
    const clients = [client("alice"), client("dave", "alice")];
    const events = await played(clients, plan, { profile, misbehaviour: people(isRight) });
    const evidence = { events, alone: true, profile: parseProfile(profile, "the test") };
    return [noFalseLeave(), noLeaveTwice()].map((check) => check.judge(evidence).kind);
  };
  expect(await verdictsOn(true)).toEqual(["pass", "pass"]);
  expect(await verdictsOn(false)).toContain("fail");
}, 30_000);
