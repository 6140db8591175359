import { personOf, sessionsOf } from "../history/sessions/sessions.ts";
import type { ConnectOptions, JoinOptions } from "./actor/actor-options.ts";
import { Actor } from "./actor.ts";
import { clientOf, type CaseContext } from "./case-context.ts";
import { untilKnown } from "./until-known.ts";

/** Actors of one history: creates them, takes them through connect, subscribe and identify, and frees them. */
export class Actors {
  readonly #context: CaseContext;
  readonly #actors: Actor[] = [];
  #disposed = false;

  constructor(context: CaseContext) {
    this.#context = context;
  }

  /** Returns the actor with this name, if there is one. */
  named(name: string): Actor | undefined {
    return this.#actors.find((actor) => actor.name === name);
  }

  /** See `Stage.connect`. */
  async connect(name: string, options: ConnectOptions = {}): Promise<Actor> {
    if (this.named(name) !== undefined) throw new Error(`the case has two actors of the name ${name}`);
    const client = clientOf(options.as ?? name, this.#context);
    const actor = await Actor.create(name, client, this.#context, options.by);
    this.#actors.push(actor);
    if (this.#disposed) {
      await actor.dispose();
      throw new Error(`${name} came when the case was over`);
    }
    await actor.connect(options);
    return actor;
  }

  /** See `Stage.tryToConnect`. */
  async tryToConnect(name: string, options: ConnectOptions): Promise<Actor> {
    // Refusals and timeouts are what the case looks at. The history has them.
    await this.connect(name, options).catch(() => undefined);
    const actor = this.named(name);
    if (actor === undefined) throw new Error(`${name} could not begin to connect`);
    await actor.until("an answer to CONNECT");
    return actor;
  }

  /** See `Stage.join`. */
  async join(name: string, options: JoinOptions = {}): Promise<Actor> {
    const actor = await this.connect(name, options);
    if (options.subscribes !== false) await actor.subscribe();
    await this.identify(actor, options.as ?? name);
    // A lost session can't play the rest of the scenario.
    actor.session.assertAlive();
    return actor;
  }

  /** See `Stage.identify`. */
  async identify(actor: Actor, as: string, sessionId?: string): Promise<void> {
    await this.#subscribeFirst(actor);
    await actor.identify(clientOf(as, this.#context), sessionId);
    await untilKnown(actor, this.#context);
  }

  /** See `Stage.identifyInFlight`. */
  async identifyInFlight(actor: Actor, as: string): Promise<void> {
    await this.#subscribeFirst(actor);
    await actor.holdIdentify(clientOf(as, this.#context));
  }

  /** Subscribes if the target announces subscribers only. */
  async #subscribeFirst(actor: Actor): Promise<void> {
    const { history, profile } = this.#context;
    if (profile.announced === "everybody") return;
    const session = sessionsOf(history.events).findLast((s) => s.actor === actor.name);
    if (session?.subscribed === undefined) await actor.subscribe();
  }

  /** Frees all actors, in whatever state they are. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    const { history, owners } = this.#context;
    for (const session of sessionsOf(history.events))
      if (session.end === undefined && personOf(session) === undefined) owners.noteNamelessEnd();
    await Promise.allSettled(this.#actors.map((actor) => actor.dispose()));
  }
}
