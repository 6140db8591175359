import { namesSession, tellsEachLeave } from "../../harness/history/notice.ts";
import type { Profile } from "../../harness/profile/profile.ts";
import type { Plan, PlanStep } from "./plan.ts";

/** Abilities of a target, as far as plans depend on them. */
export interface TargetAbilities {
  /** STOMP straight on a WebSocket. Otherwise a client uses its usual transport. */
  readonly native: boolean;
  /**
   * Notices of changes. Other targets send a list of clients, and a late subscriber may miss a client of an earlier list. On
   * such targets only the listeners subscribe.
   */
  readonly changes: boolean;
  /** STOMP heartbeats. Without them silence stays unnoticed, and a client resets its connection instead. */
  readonly heartbeats: boolean;
  /** Notices of subscribers only. On such targets each client subscribes before it identifies. */
  readonly subscribesFirst: boolean;
  /**
   * Identification as the profile declares it. Without an identify message, CONNECT or SUBSCRIBE makes the client known.
   */
  readonly knownBy: NonNullable<Profile["identify"]["by"]>;
}

export const meansOf = (profile: Profile): TargetAbilities => {
  const { transport, nativeWebSocket, notice, identify, heartbeatMs, announced } = profile;
  return {
    native: transport === "native" || (nativeWebSocket && !namesSession(notice)),
    changes: tellsEachLeave(notice),
    heartbeats: heartbeatMs > 0,
    subscribesFirst: announced === "subscribers",
    knownBy: identify.by ?? "message",
  };
};

/**
 * Returns the plan for this target. The nearest possible step replaces each impossible step. Reports show this plan, so
 * that sentences and drawing agree.
 */
export function asPlayed(plan: Plan, profile: Profile): Plan {
  const means = meansOf(profile);
  const known = means.subscribesFirst ? subscribedFirst(plan.steps) : plan.steps;
  const steps = known.map((step): PlanStep =>
    step.does === "fall-silent" && !means.heartbeats ? { ...step, does: "rst" } : step,
  );
  return {
    clients: plan.clients.map((client) => ({
      ...client,
      transport: means.native && profile.transport === "sockjs" ? client.transport : "usual",
    })),
    steps: means.knownBy === "connect" || means.knownBy === "nothing" ? withoutIdentify(steps) : steps,
  };
}

/** Replaces all subscribe steps by one right after each connect. */
function subscribedFirst(steps: readonly PlanStep[]): PlanStep[] {
  return withoutSteps(steps, ({ does }) => does === "subscribe").flatMap((step): PlanStep[] =>
    step.does === "connect"
      ? [
          { ...step, waits: false },
          { ...step, does: "subscribe" },
        ]
      : [step],
  );
}

/** Removes identify steps, because CONNECT or SUBSCRIBE identifies the client. */
const withoutIdentify = (steps: readonly PlanStep[]): PlanStep[] =>
  withoutSteps(steps, ({ does }) => does === "identify" || does === "identify-anew");

/** Removes steps. A wait for a removed step becomes a wait for the step before. */
function withoutSteps(steps: readonly PlanStep[], isLeftOut: (step: PlanStep) => boolean): PlanStep[] {
  const kept: PlanStep[] = [];
  for (const step of steps) {
    const last = kept.at(-1);
    if (!isLeftOut(step)) kept.push(step);
    else if (last !== undefined && step.waits) kept.splice(-1, 1, { ...last, waits: true });
  }
  return kept;
}
