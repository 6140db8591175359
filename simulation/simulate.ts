import type { CoreConfig, Policy } from "../reference-server/core/model.ts";
import type { Frame } from "../reference-server/stomp/frame.ts";
import { arrivals, gone } from "./arrivals.ts";
import { clientCount, decode, describeCommand } from "./command.ts";
import type { Command } from "./command.ts";
import { Model } from "./model.ts";
import { World, soundCore } from "./world.ts";
import type { Core } from "./world.ts";

const rules = { silenceFactor: 2, offeredMs: 100, connectWithinMs: 300, frameWithinMs: 120, lingerMs: 50 };

function configFor(policy: Policy): CoreConfig {
  return {
    policy,
    heartbeats: { fromClientMs: rules.offeredMs, toClientMs: rules.offeredMs },
    silenceFactor: rules.silenceFactor,
    connectTimeoutMs: rules.connectWithinMs,
    frameTimeoutMs: rules.frameWithinMs,
    lingerMs: rules.lingerMs,
    maxSubscriptions: 10,
    refOfPerson: (person) => JSON.parse(person) as string,
  };
}

/**
 * Plays a history against the core and the model, then lets everybody leave. Throws at the first thing that differs from
 * what the model demands. Returns how many events were applied.
 */
export function simulate(codes: readonly number[], policy: Policy, core: Core = soundCore): number {
  const model = new Model({ policy, ...rules });
  const received: string[][] = [];
  const world = new World(
    configFor(policy),
    core,
    {
      moment: (nowMs) => model.expectNothingOverdue(nowMs),
      deadlines: (nowMs) => model.passes(nowMs),
      arrives: (session, arrival, nowMs) => arrival.tell(model, session, nowMs),
      sends(session, sent, nowMs) {
        model.speaks(session, nowMs);
        if (sent !== null) received[session]?.push(wordsOf(sent));
      },
      asksStore(session, to) {
        if (to !== "roster") model.storeIsAsked(session, to);
      },
      storeAnswers(session, to, ok) {
        if (!ok) model.storeFailed(session, to);
        else if (to === "put") model.isStored(session);
        else if (to === "remove") model.isRemoved(session);
        else model.rosterIsRead(session);
      },
    },
    gone("closed"),
  );
  const current: (number | null)[] = new Array<null>(clientCount).fill(null);
  let applied = 0;
  for (const code of codes) applied += apply(decode(code));
  leaveAll();
  return applied;

  /** One command; two events where it opens a session and connects it. */
  function apply(command: Command): number {
    world.runUntil(world.nowMs + command.waitMs);
    world.storeDelayMs = command.storeDelayMs;
    if (command.storeFails) world.storeFailsNext = true;
    const session = current[command.client] ?? null;
    if (session !== null && world.isOpen(session)) {
      send(session, command);
      return 1;
    }
    const opened = world.openTransport();
    model.opens(world.nowMs);
    received.push([]);
    current[command.client] = opened;
    if (command.action === "nonsense") return 1;
    send(opened, { ...command, action: "connect" });
    return 2;
  }

  function send(session: number, command: Command): void {
    const arrival = arrivals[command.action](command);
    if (command.action === "lose") world.cut(session, arrival);
    else world.send(session, arrival, command.linkDelayMs);
  }

  function leaveAll(): void {
    world.storeFailsNext = false;
    for (const session of current) {
      if (session !== null && world.isOpen(session)) world.send(session, gone("closed"), 0);
    }
    world.runUntil(Infinity);
    model.expectNobodyLeft();
    model.lives.forEach(({ mustReceive }, session) => {
      if (mustReceive.join("\n") === received[session]?.join("\n")) return;
      throw new Error(difference(session, mustReceive, received[session] ?? [], codes));
    });
    if (world.store.rows.size !== model.ghosts.length)
      throw new Error(`the store holds ${world.store.rows.size} mappings`);
  }
}

function difference(
  session: number,
  expected: readonly string[],
  actual: readonly string[],
  codes: readonly number[],
): string {
  const history = codes.map((code) => `  ${describeCommand(decode(code))}`).join("\n");
  return `session ${session} must receive\n  ${expected.join("\n  ")}\nand received\n  ${actual.join("\n  ")}\nin the history\n${history}`;
}

/** What a client makes of a frame. */
function wordsOf({ command, headers, body }: Frame): string {
  if (command !== "MESSAGE") return command;
  if (headers.get("destination") === "/app/roster") {
    const roster = JSON.parse(body) as { clientData: string }[];
    return `roster ${roster
      .map(({ clientData }) => clientData)
      .sort()
      .join()}`;
  }
  const notice = JSON.parse(body) as { event: string; clientData: string; ref: string; cause?: string };
  const cause = notice.cause === undefined ? "" : ` ${notice.cause}`;
  return `${notice.event} ${notice.clientData} ${notice.ref}${cause}`;
}
