import type { Effect, Input } from "./core/model.ts";
import { noticeTopic } from "./core/notice.ts";
import type { Notice } from "./core/notice.ts";
import type { LiveSession, ServerContext } from "./live-session.ts";

/** Performs an effect of the core. The store's answers return to the session as inputs. */
export function perform(effect: Effect, live: LiveSession, context: ServerContext): void {
  const { store, components } = context;
  switch (effect.kind) {
    case "send":
      live.send(components.encode(effect.frame, live.session.version));
      break;
    case "heartbeat":
      live.send("\n");
      break;
    case "close":
      live.connection.close(effect.code, effect.reason);
      break;
    case "publish":
      live.publish(effect.event);
      break;
    case "announce":
      announce(context, effect.notice, live.session.id);
      break;
    case "put":
      ask("put", store.put(effect.mapping), (result) => ({ kind: "stored", result }));
      break;
    case "remove":
      ask("remove", store.remove(effect.sessionId), (removed) => ({ kind: "removed", removed }));
      break;
    case "read-roster": {
      const { subscription } = effect;
      ask("roster", store.roster(), (roster) => ({ kind: "roster", subscription, roster }));
      break;
    }
  }

  function ask<T>(
    during: "put" | "remove" | "roster",
    answer: Promise<T>,
    toInput: (answered: T) => Input,
  ): void {
    const work = answer
      .then(toInput, (error: unknown): Input => ({ kind: "store-failed", during, reason: String(error) }))
      .then((input) => {
        context.storeWork.delete(work);
        live.dispatch(input);
      });
    context.storeWork.add(work);
  }
}

/** Sends a notice to every subscribed session except its subject, the session `from`. */
export function announce(context: ServerContext, notice: Notice, from: string): void {
  const body = JSON.stringify(notice);
  for (const live of context.sessions.values()) {
    live.dispatch({ kind: "deliver", destination: noticeTopic, body, from });
  }
}
