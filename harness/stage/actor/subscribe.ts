import type { Driver } from "../../clients/driver.ts";
import { probeOf } from "../../history/probe-message.ts";
import { ofKind } from "../../history/events/events.ts";
import type { Profile } from "../../profile/profile.ts";
import { fill, fillAll, fillBody } from "../../profile/template.ts";
import type { CaseContext } from "../case-context.ts";
import type { ClientIdentity } from "./client-identity.ts";
import { stepLimitMs } from "../limits.ts";
import type { SessionGuard } from "./session-guard.ts";
import type { SessionView } from "./session-view.ts";

/** Pause between two probes. A probe that arrives before the subscription is in force is lost. */
const probeEveryMs = 200;

type ReadyProbe = Extract<Profile["ready"], { probe: unknown }>["probe"];

export interface Subscriber {
  readonly actor: string;
  readonly context: CaseContext;
  readonly identity: ClientIdentity;
  readonly session: SessionView;
  readonly guard: SessionGuard;
  readonly driver: Driver;
}

/**
 * Subscribes an actor to the profile's topics and waits for the confirmation that the profile declares in `ready`.
 * @throws Error if the confirmation does not come, or the session is lost
 */
export async function subscribe(subscriber: Subscriber): Promise<void> {
  const { actor, context, identity, session, guard } = subscriber;
  const { history, profile } = context;
  const { ready } = profile;
  const { topics } = identity;
  await requestSubscriptions(subscriber);
  if (ready === "receipt") {
    if (!(await guard.until(() => session.has("subscribed"), stepLimitMs)))
      throw new Error(
        `${actor} got no RECEIPT for SUBSCRIBE; does the profile need ready.probe or ready.delayMs?`,
      );
    return;
  }
  if ("probe" in ready) await sendProbes(ready.probe, subscriber);
  else await guard.until(() => false, ready.delayMs);
  const confirmedBy = "probe" in ready ? "probe" : "delay";
  history.add({ kind: "subscribed", actor, destination: topics.at(-1) ?? "", confirmedBy });
}

/** Sends the SUBSCRIBE frames for the profile's topics. */
export async function requestSubscriptions(subscriber: Subscriber): Promise<void> {
  const { actor, context, identity, guard, driver } = subscriber;
  const { history, profile } = context;
  const { ready, identify } = profile;
  const headers = identify.by === "subscribe" ? fillAll(identify.headers, identity.values) : {};
  const { topics } = identity;
  for (const destination of topics) {
    const identifies = destination === topics.at(-1) ? identity.claimFor("subscribe") : null;
    history.add({ kind: "subscribe-sent", actor, destination });
    await guard.do(driver, {
      do: "subscribe",
      destination,
      receipt: ready === "receipt",
      headers,
      identifies,
    });
  }
}

/** Sends the actor's own messages until one comes back. */
async function sendProbes({ destination, body }: ReadyProbe, subscriber: Subscriber): Promise<void> {
  const { actor, context, identity, guard, driver } = subscriber;
  const { history, token } = context;
  const values = { ...identity.values, probe: `${probeOf(token)}-${actor}` };
  const command = {
    do: "send",
    destination: fill(destination, values),
    body: fillBody(body, values),
  } as const;
  const cameBack = () =>
    ofKind(history.events, "message").some((m) => m.actor === actor && m.body.includes(values.probe));
  for (let waitedMs = 0; waitedMs < stepLimitMs; waitedMs += probeEveryMs) {
    await guard.do(driver, command);
    if (await guard.until(cameBack, probeEveryMs)) return;
  }
  throw new Error(`${actor} sent to ${command.destination} and never heard it; is ready.probe right?`);
}
