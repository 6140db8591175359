import { z } from "zod";
import type { HistoryEvent } from "../../harness/history/events/events.ts";

/** How a session ends, the plainest first. */
export const endings = [
  "disconnect",
  "disconnect-without-receipt",
  "close",
  "fin",
  "rst",
  "fall-silent",
] as const;
export type Ending = (typeof endings)[number];
export const isEnding = (act: Act): act is Ending => (endings as readonly Act[]).includes(act);

/** All that a client does. */
const acts = ["connect", "subscribe", "identify", "identify-anew", ...endings] as const;
export type Act = (typeof acts)[number];

/** Those who act, in the order in which a plan takes them. Two others only listen. */
export const names = ["alice", "dave", "erin", "frank"] as const;
export const listeners = ["bob", "carol"] as const;

const client = z.strictObject({
  name: z.enum(names),
  /** Whose data it identifies with. Two clients `as` one are one person. */
  as: z.enum(names),
  /** `native` is STOMP straight on a WebSocket, where the target takes that; otherwise it comes as usual. */
  transport: z.enum(["usual", "native"]),
});
export type Client = Readonly<z.infer<typeof client>>;

const step = z.strictObject({
  who: z.enum(names),
  does: z.enum(acts),
  /** Whether what comes next waits until this, and all before it, was seen to have taken effect. */
  waits: z.boolean(),
});
export type Step = Readonly<z.infer<typeof step>>;

/** What is to happen, as plain data: it says nothing of any target, and the same plan is the same each time. */
export interface Plan {
  readonly clients: readonly Client[];
  readonly steps: readonly Step[];
}

const planSchema = z.strictObject({
  clients: z.array(client).min(1).max(names.length),
  steps: z.array(step).min(1).max(100),
});

/** Where a client stands between two steps. */
export type Standing = "away" | "connected" | "subscribed" | "identified" | "both";

/** Where each act leads that ends nothing, from where it makes sense. */
const moves: Readonly<Record<Exclude<Act, Ending>, Readonly<Partial<Record<Standing, Standing>>>>> = {
  connect: { away: "connected" },
  subscribe: { connected: "subscribed", identified: "both" },
  identify: { connected: "identified", subscribed: "both" },
  "identify-anew": { identified: "identified", both: "both" },
};

/** Where a client stands after an act; undefined where that makes no sense. */
export function after(standing: Standing, act: Act): Standing | undefined {
  if (isEnding(act)) return standing === "away" ? undefined : "away";
  return moves[act][standing];
}

/**
 * Reads a plan from outside.
 * @throws Error that says what in it is none
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
  const standings = new Map<string, Standing>(known.map((name) => [name, "away"]));
  for (const [place, { who, does }] of steps.entries()) {
    const standing = standings.get(who);
    if (standing === undefined) return `steps.${place}: there is no client ${who}`;
    const next = after(standing, does);
    if (next === undefined) return `steps.${place}: ${who} can't ${does} when it is ${inWords[standing]}`;
    standings.set(who, next);
  }
  return undefined;
}

const inWords: Readonly<Record<Standing, string>> = {
  away: "not connected",
  connected: "connected",
  subscribed: "subscribed",
  identified: "identified",
  both: "subscribed and identified",
};

/**
 * The plan for a person, a line each step.
 * @param events how it was played, where that is known: a target may have wanted no heartbeats that its profile declares
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

/** The fault by which the session ended that this step ends; undefined where that is not on record. */
function faultAt(steps: readonly Step[], place: number, events: readonly HistoryEvent[]): string | undefined {
  const who = steps[place]?.who ?? "";
  const number = steps.slice(0, place).filter((step) => step.who === who && step.does === "connect").length;
  const actor = actorOf(who, number);
  const fault = events.find((event) => event.kind === "fault-injected" && event.actor === actor);
  return fault?.kind === "fault-injected" ? fault.fault : undefined;
}

/** Who plays a client's session: each is an actor of its own, counted from 1. */
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
