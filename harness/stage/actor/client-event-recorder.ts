import { negotiate, type Negotiated, type Offer } from "../../clients/negotiate.ts";
import type { ClientEvent } from "../../clients/protocol.ts";
import type { Proxy } from "../../network/proxy.ts";
import type { CaseContext } from "../case-context.ts";
import type { ClientIdentity } from "./client-identity.ts";
import { NoticeRecorder } from "./notice-recorder.ts";
import type { NoticeSink } from "./notice-sink.ts";
import type { SessionView } from "./session-view.ts";

/** Parts of one actor that its recorder uses. */
interface RecordedActor {
  readonly name: string;
  readonly proxy: Proxy;
  readonly session: SessionView;
  readonly identity: ClientIdentity;
  /** Heartbeats that the client offers. */
  readonly offer: Offer;
  /** Session id in the last address that the browser requested; undefined if the client is no tab. */
  readonly requestedSessionId: () => string | null | undefined;
}

/** Maximum number of characters that a history keeps of a header. */
const headerMax = 120;

/** Records one client's events in the case's history. */
export class ClientEventRecorder {
  readonly #actor: RecordedActor;
  readonly #context: CaseContext;
  readonly #notices: NoticeSink;

  constructor(actor: RecordedActor, context: CaseContext) {
    this.#actor = actor;
    this.#context = context;
    this.#notices = context.noticeSink ?? new NoticeRecorder(actor.name, context, actor.identity.values);
  }

  /** Notes that the actor listens from now on. */
  startListening(): void {
    this.#notices.start();
  }

  record(event: ClientEvent): void {
    const { history, owners, token } = this.#context;
    const { name: actor, identity, session } = this.#actor;
    switch (event.kind) {
      case "opened":
        history.add({ ...event, actor });
        identity.claimSession(event.sessionId);
        this.#recordSessionId(event.sessionId);
        return;
      case "requested":
        if (identity.claimSession(event.sessionId))
          history.add({ kind: "session-requested", actor, sessionId: event.sessionId });
        return;
      case "connected":
        history.add({
          kind: "connected",
          actor,
          version: event.version,
          ...this.#negotiated(event.heartBeat),
          ...this.#headers(event),
        });
        return;
      case "receipt":
        if (event.of === identity.topicOf(session.id))
          history.add({ kind: "subscribed", actor, destination: event.of, confirmedBy: "receipt" });
        else history.add({ ...event, actor });
        return;
      case "message":
        // The client's own reading time, and a page's time to report, are not the target's.
        this.#notices.record(event.destination, event.body, this.#arrivedAtMs);
        return;
      case "wrong-content-length":
        if (owners.ownerOf(event.frame) === token) history.add({ ...event, actor });
        return;
      case "heard":
      case "traffic-arrived":
        history.add({ ...event, actor }, this.#arrivedAtMs);
        return;
      default:
        history.add({ ...event, actor });
    }
  }

  /** Latest time at which the bytes behind an event can have arrived. */
  get #arrivedAtMs(): number {
    return this.#actor.proxy.lastReceivedAtMs ?? this.#context.history.nowMs();
  }

  #recordSessionId(read: string | null): void {
    const requested = this.#actor.requestedSessionId();
    if (requested === undefined) return;
    this.#context.history.add({ kind: "session-id-read", actor: this.#actor.name, read, requested });
  }

  /** Returns what both sides said in CONNECT and CONNECTED, shortened. */
  #headers({ heartBeat, server }: Extract<ClientEvent, { kind: "connected" }>) {
    const { outgoingMs, incomingMs } = this.#actor.offer;
    return {
      offered: `${outgoingMs},${incomingMs}`,
      heartBeat: heartBeat.slice(0, headerMax),
      ...(server === undefined ? {} : { server: server.slice(0, headerMax) }),
    };
  }

  #negotiated(heartBeat: string): Negotiated {
    const negotiated = negotiate(this.#actor.offer, heartBeat);
    if (negotiated !== undefined) return negotiated;
    const message = `CONNECTED had the malformed heart-beat "${heartBeat}"`;
    this.#context.history.add({ kind: "stomp-error", actor: this.#actor.name, message });
    return { clientHeartbeatMs: 0, serverHeartbeatMs: 0 };
  }
}
