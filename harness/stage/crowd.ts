import { tellsJoins } from "../history/notice.ts";
import { sessionsOf } from "../history/sessions/sessions.ts";
import { ofKind } from "../history/events/events.ts";
import { Actors } from "./actors.ts";
import type { CaseContext } from "./case-context.ts";
import type { MakeFault } from "./faults/fault.ts";
import { injectFault } from "./inject.ts";

/** Clients that come and go in large numbers. The case's history holds one event for each. */
export class Crowd {
  readonly #context: CaseContext;
  readonly #present = new Set<Actors>();

  constructor(context: CaseContext) {
    this.#context = context;
  }

  /**
   * Connects a client, identifies it, waits until observers know of it, and ends it.
   * @param makeFault fault that ends the client visibly
   */
  async passBy(name: string, makeFault: MakeFault): Promise<void> {
    const { history, profile } = this.#context;
    const own = history.apart();
    const context = { ...this.#context, history: own };
    const actors = new Actors(context);
    this.#present.add(actors);
    try {
      const actor = await actors.join(name, { by: "raw", subscribes: false });
      const client = actor.session.client ?? "";
      if (tellsJoins(profile.notice))
        await history.until(
          (all) => ofKind(all, "notice").some((n) => n.event === "join" && n.client === client),
          profile.deadlines.endedMs,
        );
      const fault = makeFault(actor);
      await injectFault(fault, context);
      const witness = ofKind(own.events, "fault-witnessed").at(-1)?.witness ?? null;
      const transport = sessionsOf(own.events).at(-1)?.opened.transport ?? "";
      history.add({ kind: "passed-by", actor: name, client, transport, fault: fault.name, witness });
    } finally {
      await actors.dispose();
      this.#present.delete(actors);
    }
  }

  /** Frees all clients that are still connected. */
  async dispose(): Promise<void> {
    await Promise.allSettled([...this.#present].map((actors) => actors.dispose()));
  }
}
