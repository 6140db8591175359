import type { Actor } from "../../harness/stage/actor.ts";
import type { Fault } from "../../harness/stage/faults/fault.ts";
import { witnessLimitMs } from "../../harness/util/limits.ts";
import { blackhole, close, disconnect, disconnectWithoutReceipt, fin, rst } from "../../harness/index.ts";
import type { Stage } from "../../harness/stage/stage.ts";
import { asPlayed, meansOf, type TargetAbilities } from "./as-played.ts";
import {
  actorOf,
  isEnding,
  listeners,
  type Act,
  type Client,
  type PlannedEnding,
  type Plan,
  type PlanStep,
} from "./plan.ts";

/**
 * Plays a plan on real sockets, with two additional listeners, and settles. Steps between two waits race: each client plays
 * its own steps in order, as fast as it can.
 */
export async function interpret(drawn: Plan, stage: Stage): Promise<void> {
  const plan = asPlayed(drawn, stage.profile);
  const means = meansOf(stage.profile);
  await Promise.all(listeners.map((name) => stage.join(name, { by: "raw" })));
  const players = plan.clients.map((client) => new Player(client, plan, stage, means));
  for (const batch of batchesOf(plan)) {
    await Promise.all(players.map((player) => player.play(batch)));
    await stage.settling.untilHeard();
  }
  await stage.settle();
}

/** Splits steps into groups. Each group ends with a wait. */
function batchesOf({ steps }: Plan): PlanStep[][] {
  const batches: PlanStep[][] = [[]];
  for (const step of steps) {
    batches.at(-1)?.push(step);
    if (step.waits) batches.push([]);
  }
  return batches.filter((batch) => batch.length > 0);
}

/** One client of a plan. Each of its sessions is an actor. */
class Player {
  readonly #client: Client;
  readonly #stage: Stage;
  readonly #means: TargetAbilities;
  /** Ending of each session, in order. */
  readonly #endings: readonly PlannedEnding[];
  readonly #sessions: Actor[] = [];
  /** True from an identify until an observer has received the join. */
  #isUnheard = false;
  #isIdentified = false;

  constructor(client: Client, { steps }: Plan, stage: Stage, means: TargetAbilities) {
    this.#client = client;
    this.#stage = stage;
    this.#means = means;
    this.#endings = steps
      .filter(({ who }) => who === client.name)
      .map(({ does }) => does)
      .filter(isEnding);
  }

  /** Plays the client's own steps of a group. Resolves after all of them have taken effect. */
  async play(batch: readonly PlanStep[]): Promise<void> {
    const own = batch.filter(({ who }) => who === this.#client.name).map(({ does }) => does);
    const ends: Promise<void>[] = [];
    for (const [place, does] of own.entries()) {
      if (!isEnding(does)) {
        await this.#act(does, own[place + 1]);
        continue;
      }
      await this.#heard();
      const end = this.#stage.inject(this.#faultOf(does));
      // Handles a rejection before the await below.
      end.catch(() => undefined);
      ends.push(end);
    }
    await this.#heard();
    await Promise.all(ends);
  }

  get #as(): string {
    return this.#client.as;
  }

  get #session(): Actor {
    const session = this.#sessions.at(-1);
    if (session === undefined) throw new Error(`${this.#client.name} has no session yet`);
    return session;
  }

  async #act(act: Exclude<Act, PlannedEnding>, next: Act | undefined): Promise<void> {
    const { knownBy } = this.#means;
    const isEndNext = next !== undefined && isEnding(next);
    const isOvertaken = isEndNext && !this.#isIdentified;
    switch (act) {
      case "connect":
        return this.#connect(isEndNext);
      case "subscribe":
        if (knownBy === "subscribe") return this.#identifyBySubscribe(isOvertaken);
        return this.#means.changes ? this.#session.subscribe() : undefined;
      case "identify":
        if (knownBy === "subscribe") return this.#identifyBySubscribe(isOvertaken);
        if (knownBy !== "message") return;
        return isOvertaken ? this.#identifyInFlight() : this.#identify(this.#as);
      case "identify-anew":
        if (knownBy !== "message") return;
        return this.#identify(`${this.#as}-anew`);
    }
  }

  #identifyInFlight(): Promise<void> {
    return this.#stage.identifyInFlight(this.#session, this.#as);
  }

  async #connect(isEndNext: boolean): Promise<void> {
    const { name, transport } = this.#client;
    const number = this.#sessions.length;
    this.#isIdentified = false;
    const holdsConnect = isEndNext && this.#means.knownBy === "connect";
    const session = await this.#stage.connect(actorOf(name, number + 1), {
      as: this.#as,
      by: "raw",
      transport: transport === "native" ? transport : undefined,
      heartbeats: this.#endings[number] === "fall-silent" ? "outgoing" : false,
      stopsBeforeIdentify: holdsConnect,
    });
    this.#sessions.push(session);
    if (holdsConnect) return this.#identifyInFlight();
    if (this.#means.knownBy === "connect" || this.#means.knownBy === "nothing") this.#isKnown();
  }

  async #identifyBySubscribe(isOvertaken: boolean): Promise<void> {
    if (this.#isIdentified) return;
    if (isOvertaken) return this.#identifyInFlight();
    await this.#session.subscribe();
    this.#isKnown();
  }

  async #identify(as: string): Promise<void> {
    const { proxy } = this.#session;
    const { passed } = proxy;
    await this.#session.identify(this.#stage.clientOf(as));
    // If the end overtook the message, the target would have no leave to announce.
    await proxy.passedAfter(passed, witnessLimitMs);
    this.#isKnown();
  }

  #isKnown(): void {
    this.#isIdentified = true;
    this.#isUnheard = true;
  }

  async #heard(): Promise<void> {
    if (this.#isUnheard) await this.#stage.untilKnown(this.#session);
    this.#isUnheard = false;
  }

  #faultOf(ending: PlannedEnding): Fault {
    const actor = this.#session;
    switch (ending) {
      case "disconnect":
        return disconnect(actor);
      case "disconnect-without-receipt":
        return disconnectWithoutReceipt(actor);
      case "close":
        return close(actor);
      case "fin":
        return fin(actor);
      case "rst":
        return rst(actor);
      case "fall-silent":
        // Only a missed heartbeat shows silence. If the target negotiated none, against its profile, the client resets the
        // connection.
        return actor.session.clientHeartbeatMs > 0 ? blackhole(actor) : rst(actor);
    }
  }
}
