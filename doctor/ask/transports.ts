import { UnknownFactError, type Examination } from "../wire/examination.ts";
import { pagelessTransports, type PagelessTransport } from "../../harness/profile/transports.ts";

/** Result of a transport up to CONNECTED. */
export type Tried =
  | {
      readonly works: true;
      /** Time from the first byte to CONNECTED, in milliseconds. */ readonly tookMs: number;
    }
  | { readonly works: false; readonly why: string };

/** Results of `native` with STOMP's subprotocols offered, and without. */
export interface Subprotocol {
  readonly offered: Tried;
  readonly notOffered: Tried;
}

export type TriedTransports = Partial<Record<PagelessTransport, Tried>>;

/** Starts a trial of every transport that the target may have. */
export function tryTransports(visit: Examination): Map<PagelessTransport, Promise<Tried>> {
  const names = visit.endpoint.isBare ? (["native"] as const) : pagelessTransports;
  return new Map(names.map((name) => [name, tryOne(visit, name)]));
}

/**
 * Returns the transport for all other questions: the first that works, in the order of the trials.
 * @throws UnknownFactError if none works
 */
export async function firstThatWorks(
  tried: ReadonlyMap<PagelessTransport, Promise<Tried>>,
): Promise<PagelessTransport> {
  for (const [name, trial] of tried) if ((await trial).works) return name;
  throw new UnknownFactError("no transport led to CONNECTED");
}

export async function tryNative(visit: Examination, protocols: readonly string[]): Promise<Tried> {
  return tryOne(visit, "native", protocols);
}

async function tryOne(
  visit: Examination,
  transport: PagelessTransport,
  protocols: readonly string[] = [],
): Promise<Tried> {
  try {
    const { talk } = await visit.connect({ transport, protocols });
    return { works: true, tookMs: Math.round(performance.now() - talk.beganAtMs) };
  } catch (error) {
    if (error instanceof UnknownFactError) return { works: false, why: error.message };
    throw error;
  }
}
