import type { Actor } from "../harness/stage/actor.ts";
import type { Fault } from "../harness/stage/faults/fault.ts";
import {
  defineScenario,
  disconnectAndLinger,
  fin,
  heardByAll,
  inPhase,
  joinBeforeLeave,
  leavesNoGhost,
  leftInsideWindow,
  noFalseLeave,
  othersStayConnected,
} from "../harness/index.ts";
import { leaverBefore, type Phase } from "../harness/history/phase.ts";
import type { Need, ScenarioDefinition } from "../harness/scenario/scenario.ts";
import type { Axes, Checks } from "../harness/judge/judged-case.ts";
import type { JoinOptions, Stage } from "../harness/stage/stage.ts";
import { askedAlways } from "./always.ts";
import { phaseIn } from "./grid.ts";
import { onTransport } from "./on-transport.ts";
import { isOverHttp } from "../harness/profile/transports.ts";

/** What one way of leaving has of its own. */
interface Ending extends Pick<ScenarioDefinition, "title" | "axes" | "impossible"> {
  readonly needs?: readonly Need[];
  /** How the one who leaves joins. */
  readonly join?: JoinOptions;
  readonly fault: (actor: Actor, axes: Axes) => Fault;
  /** What happens besides, at the same moment. */
  readonly beside?: (stage: Stage) => Promise<unknown>;
  /** That such an end is announced at all. */
  readonly requirement: string;
  /** What else this way of leaving asks. */
  readonly checks?: Checks;
}

/** Somebody leaves, others listen: the same flow, and the same questions, for every cause, transport and phase. */
export function defineEnding({
  fault,
  beside,
  join = {},
  requirement,
  checks,
  ...rest
}: Ending): ScenarioDefinition {
  return defineScenario({
    ...rest,
    needs: (axes) => [...(rest.needs ?? []), ...needsOf(axes)],
    async run(stage) {
      const { axes } = stage;
      const phase = phaseIn(axes);
      const options = {
        by: phase === "identified" && !isHttp(axes) ? "harness" : "speaker",
        ...join,
        ...chosen(axes),
      } as const;
      await stage.join("carol");
      // Where alice's heartbeats are missed, bob's must not be.
      await stage.join("bob", { heartbeats: options.heartbeats ?? false });
      const { alice, meanwhile } = await bring[phase](stage, options);
      if (phase !== "disconnected" || alice.isOpen)
        await Promise.all([meanwhile?.(), stage.inject(fault(alice, axes)), beside?.(stage)]);
      await stage.settle();
    },
    races: (axes) => requirement !== "LEAVE-ON-SILENCE" && isRace(axes),
    expects: (axes) => [inPhase("alice", phaseIn(axes))],
    checks: (axes) => ({ ...checksOf(phaseIn(axes), requirement), ...checks }),
  });
}

/** By the phase in which it begins an end is announced, may be, or is nobody's. */
function checksOf(phase: Phase, requirement: string): Checks {
  switch (phase) {
    case "identified":
      return ofOneKnown(requirement);
    case "hearing":
      return {
        ...ofOneKnown(requirement),
        // The notice in danger is the one that is on its way.
        "ALL-AT-ONCE-ALL-TOLD": [heardByAll(leaverBefore)],
        "LEAVE-IN-TIME": [leftInsideWindow("alice"), leftInsideWindow(leaverBefore)],
      };
    case "disconnected":
      return { "LEAVE-ON-DISCONNECT": [heardByAll("alice")], ...askedAlways };
    case "identifying":
      return {
        "IDENTIFY-LEAVES-NO-GHOST": [leavesNoGhost("alice")],
        "LEAVE-IN-TIME": [leftInsideWindow("alice")],
        ...askedAlways,
      };
    case "subscribed":
    case "connected":
      return { ...ofNobody, "UNIDENTIFIED-ENDS-TOLD": [heardByAll("alice")] };
    case "opened":
      return ofNobody;
  }
}

const ofOneKnown = (requirement: string): Checks => ({
  [requirement]: [heardByAll("alice")],
  "LEAVE-IN-TIME": [leftInsideWindow("alice")],
  ...askedAlways,
  "JOIN-BEFORE-LEAVE": [joinBeforeLeave("alice")],
});

const ofNobody: Checks = {
  "UNIDENTIFIED-ENDS-UNNAMED": [noFalseLeave()],
  "OTHERS-STAY-CONNECTED": [othersStayConnected()],
};

/**
 * A target sees a WebSocket's end at once, while it still handles what came before. Over HTTP it notices the end seconds
 * later, and nothing coincides.
 */
const isRace = (axes: Axes): boolean => ["hearing", "identifying"].includes(phaseIn(axes)) && !isHttp(axes);

/** There, only a speaker's requests can be told apart. */
const isHttp = ({ transport }: Axes): boolean => transport !== undefined && isOverHttp(transport);

const chosen = ({ transport }: Axes): JoinOptions => (transport === undefined ? {} : { transport });

function needsOf(axes: Axes): Need[] {
  const phase = phaseIn(axes);
  const inPhase = phaseNeeds[phase];
  return [...onTransport(axes), ...(inPhase === undefined ? [] : [inPhase])];
}

/** What makes a phase differ from those after it. */
const phaseNeeds: Readonly<Partial<Record<Phase, Need>>> = {
  connected: "nobody-at-connect",
  subscribed: "identify-message",
  identifying: "identify-message",
};

interface Brought {
  readonly alice: Actor;
  /** What has to go on while the end begins. */
  readonly meanwhile?: () => Promise<void>;
}

/** Brings alice as far as the phase says. */
const bring: Readonly<Record<Phase, (stage: Stage, options: JoinOptions) => Promise<Brought>>> = {
  opened: async (stage, options) => ({
    alice: await stage.connect("alice", { ...options, speaker: { until: "opened" } }),
  }),
  connected: async (stage, options) => ({ alice: await stage.connect("alice", options) }),
  async subscribed(stage, options) {
    const alice = await stage.connect("alice", options);
    await alice.subscribe();
    return { alice };
  },
  async identifying(stage, options) {
    const alice = await stage.connect("alice", options);
    await stage.identifyInFlight(alice, "alice");
    return { alice };
  },
  identified: async (stage, options) => ({ alice: await stage.join("alice", options) }),
  async hearing(stage, options) {
    const dave = await stage.join(leaverBefore);
    const alice = await stage.join("alice", options);
    return { alice, meanwhile: () => stage.inject(fin(dave)) };
  },
  async disconnected(stage, options) {
    const alice = await stage.join("alice", options);
    await stage.inject(disconnectAndLinger(alice, { receipt: true }));
    await stage.untilDisconnectTaken(alice);
    return { alice };
  },
};
