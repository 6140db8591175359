import { announceLeave } from "./core/disconnect.ts";
import type { Interceptor } from "./core/interceptor.ts";
import type { CoreConfig } from "./core/model.ts";
import { noticeTopic } from "./core/notice.ts";
import type { Notice } from "./core/notice.ts";
import type { LiveSession } from "./live-session.ts";
import type { LogRecord } from "../recent-events.ts";
import type { ReferenceServerOptions } from "../options.ts";
import type { ServerComponents } from "../components.ts";
import type { MappingStore } from "./store/mapping-store.ts";

/** What the sessions of one server share. */
export interface ServerContext {
  readonly components: ServerComponents;
  readonly options: ReferenceServerOptions;
  /** The built-in ones and those of the options. */
  readonly interceptors: readonly Interceptor[];
  readonly config: CoreConfig;
  readonly store: MappingStore;
  /** Every session that isn't over, by the server's own id. */
  readonly sessions: Map<string, LiveSession>;
  /** What the store still works at. */
  readonly storeWork: Set<Promise<void>>;
  /** Milliseconds on a clock that never runs backwards. */
  readonly nowMs: () => number;
  readonly log: (record: LogRecord) => void;
}

/** Tells everybody who is subscribed, except the session that the notice is about. */
export function announce(context: ServerContext, notice: Notice, from: string): void {
  const body = JSON.stringify(notice);
  for (const live of context.sessions.values()) {
    live.dispatch({ kind: "deliver", destination: noticeTopic, body, from });
  }
}

/** Removes the mappings that earlier runs left behind, and announces their owners as gone if that is configured. */
export async function reconcile(context: ServerContext, earlierSessions: readonly string[]): Promise<void> {
  for (const session of earlierSessions) {
    const record = { at: new Date().toISOString(), session, transport: null, transportSessionId: null };
    try {
      const ended = await context.store.remove(session);
      if (ended === null) continue;
      context.log({ ...record, name: "session-reconciled", ref: ended.ref });
      const effects =
        context.options.reconcile === "announce" ? announceLeave(ended, "restart", context.config) : [];
      for (const effect of effects) if (effect.kind === "announce") announce(context, effect.notice, session);
    } catch (error) {
      context.log({ ...record, name: "store-failed", reason: String(error) });
    }
  }
}

/** Waits until the store has nothing to do any more, `withinMs` at most. */
export async function storeSettled({ storeWork }: ServerContext, withinMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, withinMs);
  });
  const settled = async () => {
    while (storeWork.size > 0) await Promise.all(storeWork);
  };
  await Promise.race([settled(), tooLong]);
  clearTimeout(timer);
}
