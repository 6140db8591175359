import { frame } from "../../stomp/frame.ts";
import type { Frame } from "../../stomp/frame.ts";
import { receiptFor, rejectFrame } from "./disconnect.ts";
import { withChanges } from "./model.ts";
import type { CoreConfig, Effect, Input, Session, Step } from "./model.ts";
import { noticeTopic } from "./notice.ts";

/** Destination of the roster. The server answers its SUBSCRIBE once, with every identified session or person. */
const rosterDestination = "/app/roster";

export function onSubscribe(session: Session, received: Frame, nowMs: number, config: CoreConfig): Step {
  const { headers } = received;
  const subscription = subscriptionOf(session, received);
  const destination = headers.get("destination") ?? "";
  const { subscriptions } = session;
  const refused = (message: string) => rejectFrame(session, received, message, nowMs);
  if (destination !== rosterDestination && !destination.startsWith(noticeTopic)) {
    return refused(`clients can SUBSCRIBE to ${noticeTopic} and ${rosterDestination} only`);
  }
  if (subscription === undefined) return refused("SUBSCRIBE needs an id");
  if (subscriptions.has(subscription)) return refused("this subscription id is in use");
  if (subscriptions.size >= config.maxSubscriptions) {
    return refused(`a session may have at most ${config.maxSubscriptions} subscriptions`);
  }
  if ((headers.get("ack") ?? "auto") !== "auto") return refused("only ack:auto is supported");
  const effects: Effect[] = [
    { kind: "publish", event: { name: "session-subscribe", subscription, destination } },
    ...receiptFor(received),
  ];
  if (destination === rosterDestination) effects.push({ kind: "read-roster", subscription });
  return [
    withChanges(session, { subscriptions: new Map(subscriptions).set(subscription, destination) }),
    effects,
  ];
}

/** Handles UNSUBSCRIBE. An unknown subscription id is no error and changes nothing. */
export function onUnsubscribe(session: Session, received: Frame, nowMs: number): Step {
  const subscription = subscriptionOf(session, received);
  if (subscription === undefined) return rejectFrame(session, received, "UNSUBSCRIBE needs an id", nowMs);
  const subscriptions = new Map(session.subscriptions);
  const published: readonly Effect[] = subscriptions.delete(subscription)
    ? [{ kind: "publish", event: { name: "session-unsubscribe", subscription } }]
    : [];
  return [withChanges(session, { subscriptions }), [...published, ...receiptFor(received)]];
}

/** Returns the subscription's id, which STOMP 1.1 made mandatory. In STOMP 1.0 the destination may replace it. */
function subscriptionOf({ version }: Session, { headers }: Frame): string | undefined {
  return headers.get("id") ?? (version === "1.0" ? headers.get("destination") : undefined);
}

/** Delivers a notice once per subscription, except to the session that the notice is about. */
export function onDeliver(session: Session, published: Extract<Input, { kind: "deliver" }>): Step {
  if (published.from === session.id) return [session, []];
  let next: Step = [session, []];
  for (const [subscription, destination] of session.subscriptions) {
    if (destination === published.destination)
      next = addMessage(next, subscription, destination, published.body);
  }
  return next;
}

export function onRoster(
  session: Session,
  { subscription, roster }: Extract<Input, { kind: "roster" }>,
): Step {
  const destination = session.subscriptions.get(subscription);
  if (destination !== rosterDestination) return [session, []];
  return addMessage([session, []], subscription, destination, JSON.stringify(roster));
}

function addMessage([session, effects]: Step, subscription: string, destination: string, body: string): Step {
  const messages = session.messages + 1;
  const headers = {
    destination,
    subscription,
    "message-id": `${session.id}-${messages}`,
    "content-type": "application/json",
  };
  return [
    withChanges(session, { messages }),
    [...effects, { kind: "send", frame: frame("MESSAGE", headers, body) }],
  ];
}
