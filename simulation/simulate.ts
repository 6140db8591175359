import type { CoreConfig, Policy } from "../reference-server/flow/core/model.ts";
import type { Frame } from "../reference-server/stomp/frame.ts";
import { arrivalOf, connectOf, gone } from "./arrivals.ts";
import type { Meant } from "./arrivals.ts";
import { clientCount, decode, describeCommand } from "./command.ts";
import type { Command } from "./command.ts";
import { Model } from "./model.ts";
import { World, referenceCore } from "./world.ts";
import type { Core, StoreOperation, Watcher } from "./world.ts";
import { messageOf } from "../harness/util/words.ts";

const rules = { silenceFactor: 2, offeredMs: 100, connectWithinMs: 300, frameWithinMs: 120, lingerMs: 50 };

const shared = {
  heartbeats: { fromClientMs: rules.offeredMs, toClientMs: rules.offeredMs },
  silenceFactor: rules.silenceFactor,
  connectTimeoutMs: rules.connectWithinMs,
  frameTimeoutMs: rules.frameWithinMs,
  lingerMs: rules.lingerMs,
  maxSubscriptions: 10,
  refOfPerson: (person: string) => JSON.parse(person) as string,
};
const configs: Readonly<Record<Policy, CoreConfig>> = {
  session: { ...shared, policy: "session" },
  person: { ...shared, policy: "person" },
};

/**
 * Plays a history against the core and the model, then ends all sessions. Throws at the first difference between the two,
 * with the history in words. Returns the number of applied events.
 */
export function simulate(codes: readonly number[], policy: Policy, core: Core = referenceCore): number {
  const play = new Play(policy, core);
  try {
    for (const code of codes) play.apply(decode(code));
    play.leaveAll();
    return play.applied;
  } catch (error) {
    const history = codes.map((code) => describeCommand(decode(code))).join("\n  ");
    throw new Error(`${messageOf(error)}\nin the history\n  ${history}`, {
      cause: error,
    });
  }
}

/** One history, played in the world and in the model. */
class Play implements Watcher<Meant> {
  applied = 0;
  private readonly model: Model;
  private readonly world: World<Meant>;
  /** Messages that each session's client has received. */
  private readonly received: string[][] = [];
  /** Current or last session of each client. */
  private readonly current: (number | null)[] = new Array<null>(clientCount).fill(null);

  constructor(policy: Policy, core: Core) {
    this.model = new Model({ policy, ...rules });
    this.world = new World(configs[policy], core, this, gone("closed"));
  }

  /** Plays one command. A client without a session opens one instead, and usually connects it. */
  apply(command: Command): void {
    const { world } = this;
    world.runUntil(world.nowMs + command.waitMs);
    world.storeDelayMs = command.storeDelayMs;
    if (command.storeFails) world.storeFailsNext = true;
    this.applied++;
    const session = this.current[command.client] ?? null;
    if (session !== null && world.isOpen(session)) this.send(session, command);
    else this.open(command);
  }

  leaveAll(): void {
    const { world, model } = this;
    world.storeFailsNext = false;
    for (const session of this.current) {
      if (session !== null && world.isOpen(session)) world.send(session, gone("closed"), 0);
    }
    world.runUntil(Infinity);
    model.expectNobodyLeft();
    model.lives.forEach(({ mustReceive }, session) => {
      expectSame(session, mustReceive, this.received[session] ?? []);
    });
    if (world.openCount > 0) throw new Error(`${world.openCount} sessions are not over`);
    const { size } = world.store.rows;
    if (size !== model.ghosts.length) throw new Error(`the store holds ${size} mappings`);
  }

  moment(nowMs: number): void {
    this.model.expectNothingOverdue(nowMs);
  }

  deadlines(nowMs: number): void {
    this.model.passes(nowMs);
  }

  arrives(session: number, arrival: Meant, nowMs: number): void {
    arrival.tell(this.model, session, nowMs);
  }

  sends(session: number, sent: Frame | null, nowMs: number): void {
    this.model.speaks(session, nowMs);
    if (sent !== null) this.received[session]?.push(wordsOf(sent));
  }

  asksStore(session: number, to: StoreOperation): void {
    if (to !== "roster") this.model.storeIsAsked(session, to);
  }

  storeAnswers(session: number, to: StoreOperation, ok: boolean): void {
    if (!ok) this.model.storeFailed(session, to);
    else if (to === "put") this.model.isStored(session);
    else if (to === "remove") this.model.isRemoved(session);
    else this.model.rosterIsRead(session);
  }

  private open({ client, action, contentCode, linkDelayMs }: Command): void {
    const session = this.world.openTransport();
    this.model.opens(this.world.nowMs);
    this.received.push([]);
    this.current[client] = session;
    if (action !== "nonsense") this.world.send(session, connectOf(contentCode), linkDelayMs);
  }

  private send(session: number, { action, contentCode, linkDelayMs }: Command): void {
    const arrival = arrivalOf(contentCode);
    if (action === "lose") this.world.cut(session, arrival);
    else this.world.send(session, arrival, linkDelayMs);
  }
}

function expectSame(session: number, expected: readonly string[], actual: readonly string[]): void {
  if (expected.join("\n") === actual.join("\n")) return;
  const [must, did] = [expected, actual].map((words) => words.join("\n  "));
  throw new Error(`session ${session} must receive\n  ${must ?? ""}\nand received\n  ${did ?? ""}`);
}

/** Returns a frame in the words of the model. */
function wordsOf({ command, headers, body }: Frame): string {
  if (command !== "MESSAGE") return command;
  if (headers.get("destination") === "/app/roster") {
    const roster = JSON.parse(body) as { clientData: string }[];
    const present = roster.map(({ clientData }) => clientData);
    return `roster ${present.sort().join()}`;
  }
  const notice = JSON.parse(body) as { event: string; clientData: string; ref: string; cause?: string };
  const cause = notice.cause === undefined ? "" : ` ${notice.cause}`;
  return `${notice.event} ${notice.clientData} ${notice.ref}${cause}`;
}
