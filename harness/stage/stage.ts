import type { Profile } from "../profile/profile.ts";
import type { ConnectOptions, JoinOptions } from "./actor/actor-options.ts";
import { recordLatestRoster } from "./actor/latest-roster.ts";
import type { Actor } from "./actor.ts";
import { Actors } from "./actors.ts";
import { clientOf, resting, type CaseContext } from "./case-context.ts";
import { Crowd } from "./crowd.ts";
import type { Fault } from "./faults/fault.ts";
import { healFault, injectFault } from "./inject.ts";
import { Observers } from "./observers/observers.ts";
import { Settling } from "./settling.ts";
import { TargetControl } from "./target-control.ts";
import { untilKnown } from "./until-known.ts";

/** Interface of a scenario to the clients and the target. It records events, and judges nothing. */
export class Stage {
  /** The case's value for each axis of its scenario. */
  readonly axes: Readonly<Record<string, string>>;
  /** Stops, kills, starts and probes the target. */
  readonly target: TargetControl;
  /** Clients that listen while another one leaves. */
  readonly observers: Observers;
  /** Clients that come and go in large numbers. */
  readonly crowd: Crowd;
  /** Shorter waits than `settle`. */
  readonly settling: Settling;
  readonly #context: CaseContext;
  readonly #actors: Actors;

  constructor(context: CaseContext, axes: Readonly<Record<string, string>>) {
    this.#context = context;
    this.axes = axes;
    this.#actors = new Actors(context);
    this.target = new TargetControl(context);
    this.observers = new Observers(context, this.#actors);
    this.crowd = new Crowd(context);
    this.settling = new Settling(context, this.#actors);
  }

  /** The target's profile. */
  get profile(): Profile {
    return this.#context.profile;
  }

  /** Client data for a name within this case. It is unique in the run. */
  clientOf(name: string): string {
    return clientOf(name, this.#context);
  }

  /** Connects an actor. It neither subscribes nor identifies, unless the target identifies clients as they connect. */
  connect(name: string, options: ConnectOptions = {}): Promise<Actor> {
    return this.#actors.connect(name, options);
  }

  /**
   * Connects an actor that the target may refuse, and waits for its answer.
   * @throws Error if a request of `before` fails
   */
  tryToConnect(name: string, options: ConnectOptions): Promise<Actor> {
    return this.#actors.tryToConnect(name, options);
  }

  /** Connects an actor, subscribes, identifies, and waits until the observers know of it. */
  join(name: string, options: JoinOptions = {}): Promise<Actor> {
    return this.#actors.join(name, options);
  }

  /**
   * Identifies an actor, and waits until the observers know of it.
   * @param as name within this case
   * @param sessionId session id to send in place of the actor's own
   */
  identify(actor: Actor, as: string, sessionId?: string): Promise<void> {
    return this.#actors.identify(actor, as, sessionId);
  }

  /**
   * Identifies an actor, and holds the message in the actor's proxy. It goes on to the target when the next fault begins,
   * immediately before it.
   * @throws Error if the message does not reach the proxy
   */
  identifyInFlight(actor: Actor, as: string): Promise<void> {
    return this.#actors.identifyInFlight(actor, as);
  }

  /** Waits until the observers know of the actor's current session, or the time for that is over. */
  untilKnown(actor: Actor): Promise<void> {
    return untilKnown(actor, this.#context);
  }

  /** Applies a fault, waits for its witness, and records both. */
  inject(fault: Fault): Promise<void> {
    return injectFault(fault, this.#context);
  }

  /**
   * Lets a disturbance last until the target may give up a silent session, then ends it.
   * @throws Error if the fault ends by itself
   */
  heal(fault: Fault): Promise<void> {
    return healFault(fault, this.#context);
  }

  /**
   * Lets a new client join as `late` and read the roster: on request, or the latest one that it receives where notices are rosters.
   * It does nothing if the profile declares no roster.
   */
  async readRosterAnew(): Promise<void> {
    const { roster, notice } = this.profile;
    if (roster === undefined && notice.roster === undefined) return;
    const late = await this.join("late");
    if (roster !== undefined) await late.readRoster();
    else await recordLatestRoster(late.name, this.#context.history);
  }

  /** Lets time pass. The actors go on to send heartbeats and to poll. */
  async wait(forMs: number): Promise<void> {
    // The next step may be due at that moment, so the case keeps its place.
    await this.#context.history.until(() => false, forMs);
  }

  /** Lets a long time pass. Other cases take this case's place meanwhile. */
  async rest(forMs: number): Promise<void> {
    await resting(this.#context, () => this.#context.history.until(() => false, forMs));
  }

  /**
   * Waits until each due leave has arrived or is overdue, and until no further notice is possible. Then it plays a sentinel,
   * which shows the observers that still receive.
   */
  settle(): Promise<void> {
    return this.settling.settle();
  }

  /** Frees all actors in any state, then sends the `after` requests. An instance of the case's own needs no removal. */
  async dispose(): Promise<void> {
    const { instance, setupRequests, token } = this.#context;
    this.observers.dispose();
    await Promise.allSettled([this.#actors.dispose(), this.crowd.dispose()]);
    if (instance === undefined) await setupRequests.afterCase(token);
  }
}
