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
import type { Stage } from "../harness/stage/stage.ts";
import type { JoinOptions } from "../harness/stage/actor/actor-options.ts";
import { askedAlways } from "./always.ts";
import { phaseIn } from "./grid.ts";
import { onTransport } from "./on-transport.ts";
import { isOverHttp } from "../harness/profile/transports.ts";

/** Properties of one way of leaving. */
interface EndingDefinition extends Pick<ScenarioDefinition, "title" | "axes" | "impossible"> {
  readonly needs?: readonly Need[];
  /** Options of alice's join. */
  readonly join?: JoinOptions;
  readonly fault: (actor: Actor, axes: Axes) => Fault;
  /** Runs at the same moment as the fault. */
  readonly beside?: (stage: Stage) => Promise<unknown>;
  /** Requirement for a notice of such an end. */
  readonly requirement: string;
  /** Further checks of this way of leaving. */
  readonly checks?: Checks;
}

/**
 * Defines a scenario: alice leaves and the others listen. Every cause, transport and phase has the same flow and the same
 * checks.
 */
export function defineEnding({
  fault,
  beside,
  join = {},
  requirement,
  checks,
  ...rest
}: EndingDefinition): ScenarioDefinition {
  return defineScenario({
    ...rest,
    needs: (axes) => [...(rest.needs ?? []), ...needsOf(axes)],
    async run(stage) {
      const { axes } = stage;
      const phase = phaseIn(axes);
      const options = {
        by: phase === "identified" && !isHttp(axes) ? "harness" : "raw",
        ...join,
        ...chosen(axes),
      } as const;
      // While alice's heartbeats stop, bob's must go on.
      await stage.observers.join({ heartbeats: options.heartbeats ?? false });
      const { alice, meanwhile } = await bring[phase](stage, options);
      if (phase !== "disconnected" && phase !== "identifying") await stage.observers.joinYounger();
      if (phase !== "disconnected" || alice.session.isOpen)
        await Promise.all([meanwhile?.(), stage.inject(fault(alice, axes)), beside?.(stage)]);
      await stage.settle();
    },
    races: (axes) => requirement !== "LEAVE-ON-SILENCE" && isRace(axes),
    expects: (axes) => [inPhase("alice", phaseIn(axes))],
    checks: (axes) => ({ ...checksOf(phaseIn(axes), requirement), ...checks }),
  });
}

/**
 * Returns the checks of an end in this phase. The phase decides if the notice is required, optional or forbidden.
 */
function checksOf(phase: Phase, requirement: string): Checks {
  switch (phase) {
    case "identified":
      return ofOneKnown(requirement);
    case "hearing":
      return {
        ...ofOneKnown(requirement),
        // The notice on its way is dave's.
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
 * Returns true for an end that races with the target's own work. A target notices a WebSocket's end at once, during its
 * work on earlier frames. Over HTTP it notices the end seconds later.
 */
const isRace = (axes: Axes): boolean => ["hearing", "identifying"].includes(phaseIn(axes)) && !isHttp(axes);

/** Over HTTP, the harness can distinguish only a raw client's requests. */
const isHttp = ({ transport }: Axes): boolean => transport !== undefined && isOverHttp(transport);

const chosen = ({ transport }: Axes): JoinOptions => (transport === undefined ? {} : { transport });

function needsOf(axes: Axes): Need[] {
  const phase = phaseIn(axes);
  const inPhase = phaseNeeds[phase];
  return [...onTransport(axes), ...(inPhase === undefined ? [] : [inPhase])];
}

/** Need that distinguishes a phase from the others. */
const phaseNeeds: Readonly<Partial<Record<Phase, Need>>> = {
  connected: "nobody-at-connect",
  subscribed: "identify-message",
  identifying: "identify-step",
};

interface Brought {
  readonly alice: Actor;
  /** Runs at the beginning of the end. */
  readonly meanwhile?: () => Promise<void>;
}

/** Brings alice into each phase. */
const bring: Readonly<Record<Phase, (stage: Stage, options: JoinOptions) => Promise<Brought>>> = {
  opened: async (stage, options) => ({
    alice: await stage.connect("alice", { ...options, raw: { until: "opened" } }),
  }),
  connected: async (stage, options) => ({ alice: await stage.connect("alice", options) }),
  async subscribed(stage, options) {
    const alice = await stage.connect("alice", options);
    await alice.subscribe();
    return { alice };
  },
  async identifying(stage, options) {
    const alice = await stage.connect("alice", { ...options, stopsBeforeIdentify: true });
    // While her message is held, so are her heartbeats. The end follows at once.
    await stage.observers.joinYounger();
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
    await alice.untilDisconnectTaken();
    return { alice };
  },
};
