import { frame } from "../../stomp/frame.ts";
import type { Frame } from "../../stomp/frame.ts";
import { receiptFor, rejectFrame } from "./disconnect.ts";
import { withChanges } from "./model.ts";
import type { CoreConfig, Effect, Input, Session, Step } from "./model.ts";
import { noticeTopic } from "./notice.ts";

/** A SUBSCRIBE here is answered once, with everybody who is there. */
const rosterDestination = "/app/roster";

export function onSubscribe(session: Session, received: Frame, nowMs: number, config: CoreConfig): Step {
  const { headers } = received;
  const subscription = subscriptionOf(session, received);
  const destination = headers.get("destination") ?? "";
  const { subscriptions } = session;
  const refused = (message: string) => rejectFrame(session, received, message, nowMs);
  if (destination !== rosterDestination && !destination.startsWith(noticeTopic)) {
    return refused(`there is ${noticeTopic} and ${rosterDestination} to subscribe to`);
  }
  if (subscription === undefined) return refused("SUBSCRIBE needs an id");
  if (subscriptions.has(subscription)) return refused("this subscription id is in use");
  if (subscriptions.size >= config.maxSubscriptions) {
    return refused(`a session may have ${config.maxSubscriptions} subscriptions`);
  }
  if ((headers.get("ack") ?? "auto") !== "auto")
    return refused("messages are not acknowledged here: use ack:auto");
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

/** To unsubscribe from what isn't subscribed changes nothing: no reason to end a session. */
export function onUnsubscribe(session: Session, received: Frame, nowMs: number): Step {
  const subscription = subscriptionOf(session, received);
  if (subscription === undefined) return rejectFrame(session, received, "UNSUBSCRIBE needs an id", nowMs);
  const subscriptions = new Map(session.subscriptions);
  const told: readonly Effect[] = subscriptions.delete(subscription)
    ? [{ kind: "publish", event: { name: "session-unsubscribe", subscription } }]
    : [];
  return [withChanges(session, { subscriptions }), [...told, ...receiptFor(received)]];
}

/** Since STOMP 1.1 a subscription has an id. Before, its destination may stand for one. */
function subscriptionOf({ version }: Session, { headers }: Frame): string | undefined {
  return headers.get("id") ?? (version === "1.0" ? headers.get("destination") : undefined);
}

/** Hands a session what was published, once for each of its subscriptions; never what is about itself. */
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
