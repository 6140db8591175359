import { namesSession, tellsEachLeave } from "../../harness/history/notice.ts";
import type { Profile } from "../../harness/profile/profile.ts";
import type { Plan, Step } from "./plan.ts";

/** What a plan may ask for and a target may not have. */
export interface Means {
  /** STOMP straight on a WebSocket; without it a client comes as usual. */
  readonly native: boolean;
  /**
   * Each session of a person is announced. If only the last one is, a client can't know which of two racing sessions the
   * target took for the last, or whether a silent session still counts. In that case each client is a person of its own,
   * and breaks its connection off instead of falling silent.
   */
  readonly eachSession: boolean;
  /** What changes is told. Of a list, who subscribes late may never see whom it then misses; there only the listeners do. */
  readonly changes: boolean;
  /** STOMP heartbeats. Without them nothing betrays silence, and a client breaks off in place of falling silent. */
  readonly heartbeats: boolean;
  /** Only those who have subscribed are announced. There each subscribes before it identifies. */
  readonly subscribesFirst: boolean;
  /** By what a client is known, as the profile says. Where that is no message, it is known as soon as it has done that. */
  readonly knownBy: NonNullable<Profile["identify"]["by"]>;
}

export const meansOf = (profile: Profile): Means => {
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
 * Returns the plan as it is played on this target: what the target does not have is replaced by what is nearest to it. A
 * report tells this plan, so that its sentences and its drawing agree.
 */
export function asPlayed(plan: Plan, profile: Profile): Plan {
  const means = meansOf(profile);
  const known = means.subscribesFirst ? subscribedFirst(plan.steps) : plan.steps;
  const steps = known.map((step): Step =>
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

/** Has each client subscribe as soon as it has connected, and never again in that session. */
function subscribedFirst(steps: readonly Step[]): Step[] {
  return withoutSteps(steps, ({ does }) => does === "subscribe").flatMap((step): Step[] =>
    step.does === "connect"
      ? [
          { ...step, waits: false },
          { ...step, does: "subscribe" },
        ]
      : [step],
  );
}

/** Leaves out what the connection has said already. */
const withoutIdentify = (steps: readonly Step[]): Step[] =>
  withoutSteps(steps, ({ does }) => does === "identify" || does === "identify-anew");

/** Leaves steps out. What waited for one waits for the step before. */
function withoutSteps(steps: readonly Step[], isLeftOut: (step: Step) => boolean): Step[] {
  const kept: Step[] = [];
  for (const step of steps) {
    const last = kept.at(-1);
    if (!isLeftOut(step)) kept.push(step);
    else if (last !== undefined && step.waits) kept.splice(-1, 1, { ...last, waits: true });
  }
  return kept;
}
