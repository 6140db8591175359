import { namesSession, tellsEachLeave } from "../../harness/history/notice.ts";
import type { Profile } from "../../harness/profile/profile.ts";
import type { Plan, PlanStep } from "./plan.ts";

/** Abilities of a target that a plan may need. */
export interface TargetAbilities {
  /** STOMP straight on a WebSocket; without it a client uses its usual transport. */
  readonly native: boolean;
  /**
   * Each session of a person is announced. If only the last one is, a client can't know which of two racing sessions the
   * target took for the last, or whether a silent session still counts. In that case each client is a person of its own,
   * and breaks its connection off instead of falling silent.
   */
  readonly eachSession: boolean;
  /**
   * Notices announce changes. On a list, a late subscriber may never see whom it then misses, so only the listeners
   * subscribe there.
   */
  readonly changes: boolean;
  /** STOMP heartbeats. Without them silence goes unnoticed, and a client breaks its connection off instead. */
  readonly heartbeats: boolean;
  /** Only subscribers are announced. There each client subscribes before it identifies. */
  readonly subscribesFirst: boolean;
  /**
   * How a client identifies, as the profile says. Without an identify message, that step itself makes the client known.
   */
  readonly knownBy: NonNullable<Profile["identify"]["by"]>;
}

export const meansOf = (profile: Profile): TargetAbilities => {
  const { transport, nativeWebSocket, notice, sessions, identify, heartbeatMs, announced } = profile;
  return {
    native: transport === "native" || (nativeWebSocket && !namesSession(notice)),
    eachSession: sessions === "each",
    changes: tellsEachLeave(notice),
    heartbeats: heartbeatMs > 0,
    subscribesFirst: announced === "subscribers",
    knownBy: identify.by ?? "message",
  };
};

/**
 * Returns the plan as it is played on this target. Each step that the target lacks is replaced by the nearest one.
 * Reports show this plan, so that sentences and drawing agree.
 */
export function asPlayed(plan: Plan, profile: Profile): Plan {
  const means = meansOf(profile);
  const known = means.subscribesFirst ? subscribedFirst(plan.steps) : plan.steps;
  const steps = known.map((step): PlanStep =>
    step.does === "fall-silent" && !(means.heartbeats && means.eachSession) ? { ...step, does: "rst" } : step,
  );
  return {
    clients: plan.clients.map((client) => ({
      ...client,
      as: means.eachSession ? client.as : client.name,
      transport: means.native && profile.transport === "sockjs" ? client.transport : "usual",
    })),
    steps: means.knownBy === "connect" || means.knownBy === "nothing" ? withoutIdentify(steps) : steps,
  };
}

/** Lets each client subscribe as soon as it has connected, and not again in that session. */
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

/** Removes identify steps of clients that the connection has identified already. */
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
