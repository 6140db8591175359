import { z } from "zod";
import type { HistoryEvent } from "../../harness/history/events/events.ts";

/** Endings of a session, the plainest first. */
export const endings = [
  "disconnect",
  "disconnect-without-receipt",
  "close",
  "fin",
  "rst",
  "fall-silent",
] as const;
export type PlannedEnding = (typeof endings)[number];
export const isEnding = (act: Act): act is PlannedEnding => (endings as readonly Act[]).includes(act);

/** Acts of a client. */
const acts = ["connect", "subscribe", "identify", "identify-anew", ...endings] as const;
export type Act = (typeof acts)[number];

/** Acting clients, in the order in which a plan adds them. Two other clients only listen. */
export const names = ["alice", "dave", "erin", "frank"] as const;
export const listeners = ["bob", "carol"] as const;

const client = z.strictObject({
  name: z.enum(names),
  /** Name in the client's identify. Two clients with one name are one person. */
  as: z.enum(names),
  /** `native` is STOMP straight on a WebSocket. If the target has no such endpoint, the client uses the usual transport. */
  transport: z.enum(["usual", "native"]),
});
export type Client = Readonly<z.infer<typeof client>>;

const step = z.strictObject({
  who: z.enum(names),
  does: z.enum(acts),
  /** True if the next step waits until this step and all earlier steps have taken effect. */
  waits: z.boolean(),
});
export type PlanStep = Readonly<z.infer<typeof step>>;

/** Plan as plain data, independent of any target. */
export interface Plan {
  readonly clients: readonly Client[];
  readonly steps: readonly PlanStep[];
}

const planSchema = z.strictObject({
  clients: z.array(client).min(1).max(names.length),
  steps: z.array(step).min(1).max(100),
});

/** State of a client between two steps. */
export type ClientState = "away" | "connected" | "subscribed" | "identified" | "both";

/** State after each act that keeps the session open, by the state before the act. */
const moves: Readonly<
  Record<Exclude<Act, PlannedEnding>, Readonly<Partial<Record<ClientState, ClientState>>>>
> = {
  connect: { away: "connected" },
  subscribe: { connected: "subscribed", identified: "both" },
  identify: { connected: "identified", subscribed: "both" },
  "identify-anew": { identified: "identified", both: "both" },
};

/** Returns the state after an act; undefined for an impossible act. */
export function after(standing: ClientState, act: Act): ClientState | undefined {
  if (isEnding(act)) return standing === "away" ? undefined : "away";
  return moves[act][standing];
}

/**
 * Reads a plan from outside.
 * @throws Error that lists the invalid parts
 */
export function parsePlan(value: unknown): Plan {
  const parsed = planSchema.safeParse(value);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    throw new Error(
      first === undefined ? "no plan" : `${first.path.map(String).join(".")}: ${first.message}`,
    );
  }
  const wrong = nonsenseIn(parsed.data);
  if (wrong !== undefined) throw new Error(wrong);
  return parsed.data;
}

function nonsenseIn({ clients, steps }: Plan): string | undefined {
  const known = clients.map(({ name }) => name);
  const twice = known.find((name, place) => known.indexOf(name) < place);
  if (twice !== undefined) return `clients: there are two of the name ${twice}`;
  const standings = new Map<string, ClientState>(known.map((name) => [name, "away"]));
  for (const [place, { who, does }] of steps.entries()) {
    const standing = standings.get(who);
    if (standing === undefined) return `steps.${place}: there is no client ${who}`;
    const next = after(standing, does);
    if (next === undefined) return `steps.${place}: ${who} can't ${does} when it is ${inWords[standing]}`;
    standings.set(who, next);
  }
  return undefined;
}

const inWords: Readonly<Record<ClientState, string>> = {
  away: "not connected",
  connected: "connected",
  subscribed: "subscribed",
  identified: "identified",
  both: "subscribed and identified",
};

/**
 * Returns the plan for readers, one line for each step.
 * @param events history of the plan, if known. A target may have wanted no heartbeats although its profile declares them
 */
export function told({ clients, steps }: Plan, events: readonly HistoryEvent[] = []): string[] {
  return steps.map(({ who, does, waits }, place) => {
    const { as = who, transport } = clients.find(({ name }) => name === who) ?? {};
    const whom = as === who ? "itself" : as;
    const next = place === steps.length - 1 || waits ? "" : ", and at once:";
    const words = sentence(does, whom, transport === "native" ? " natively" : "");
    const brokeOff = does === "fall-silent" && faultAt(steps, place, events) === "rst";
    return `${place + 1}. ${who} ${brokeOff ? `${sentence("rst", whom, "")}, since the target wants no heartbeats whose absence would show silence` : words}${next}`;
  });
}

/** Returns the fault that ended the session of this step; undefined if the history has none. */
function faultAt(
  steps: readonly PlanStep[],
  place: number,
  events: readonly HistoryEvent[],
): string | undefined {
  const who = steps[place]?.who ?? "";
  const number = steps.slice(0, place).filter((step) => step.who === who && step.does === "connect").length;
  const actor = actorOf(who, number);
  const fault = events.find((event) => event.kind === "fault-injected" && event.actor === actor);
  return fault?.kind === "fault-injected" ? fault.fault : undefined;
}

/** Returns the actor of a client's session. Each session has its own actor, counted from 1. */
export const actorOf = (name: string, number: number): string => (number === 1 ? name : `${name}-${number}`);

function sentence(act: Act, whom: string, natively: string): string {
  switch (act) {
    case "connect":
      return `connects${natively}`;
    case "subscribe":
      return "subscribes";
    case "identify":
      return `identifies as ${whom}`;
    case "identify-anew":
      return `identifies again, as somebody else`;
    case "disconnect":
      return "says DISCONNECT";
    case "disconnect-without-receipt":
      return "says DISCONNECT without asking for a receipt, and closes";
    case "close":
      return "closes its transport";
    case "fin":
      return "loses its connection (FIN)";
    case "rst":
      return "loses its connection (RST)";
    case "fall-silent":
      return "falls silent";
  }
}
