import { Unlearned, type Visit } from "../wire/visit.ts";
import { pagelessTransports, type PagelessTransport } from "../../harness/profile/transports.ts";

/** Whether a transport took a client as far as CONNECTED. */
export type Tried =
  | {
      readonly works: true;
      /** From the first byte to CONNECTED, in milliseconds. */ readonly tookMs: number;
    }
  | { readonly works: false; readonly why: string };

/** Whether `native` connects when it offers STOMP's subprotocols, and when it offers none. */
export interface Subprotocol {
  readonly offered: Tried;
  readonly notOffered: Tried;
}

export type TriedTransports = Partial<Record<PagelessTransport, Tried>>;

/** Begins to try every transport that the target may have. */
export function tryTransports(visit: Visit): Map<PagelessTransport, Promise<Tried>> {
  const names = visit.endpoint.isBare ? (["native"] as const) : pagelessTransports;
  return new Map(names.map((name) => [name, tryOne(visit, name)]));
}

/**
 * The transport to ask everything else on: the first that works, in the order in which they were begun.
 * @throws Unlearned when none does
 */
export async function firstThatWorks(
  tried: ReadonlyMap<PagelessTransport, Promise<Tried>>,
): Promise<PagelessTransport> {
  for (const [name, trial] of tried) if ((await trial).works) return name;
  throw new Unlearned("no transport led to CONNECTED");
}

export async function tryNative(visit: Visit, protocols: readonly string[]): Promise<Tried> {
  return tryOne(visit, "native", protocols);
}

async function tryOne(
  visit: Visit,
  transport: PagelessTransport,
  protocols: readonly string[] = [],
): Promise<Tried> {
  try {
    const { talk } = await visit.connect({ transport, protocols });
    return { works: true, tookMs: Math.round(performance.now() - talk.beganAtMs) };
  } catch (error) {
    if (error instanceof Unlearned) return { works: false, why: error.message };
    throw error;
  }
}
