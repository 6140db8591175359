import type { Actor } from "../../actor.ts";
import type { Passage } from "../../../network/traffic.ts";
import { heartbeatLimitMs, type Witness } from "../fault.ts";
import { ping } from "./ping.ts";

export const latenessMs = ({ arrivedAtMs, passedAtMs }: Passage): number => passedAtMs - arrivedAtMs;

/**
 * Waits for the next `count` pieces of each side, and returns a witness if they are late as wanted. A raw client brings
 * about enough pieces by pings, one at a time, since the answers to several pings might arrive as one piece.
 */
export async function lateBothWays(
  actor: Actor,
  count: number,
  isLate: (pieces: readonly Passage[]) => boolean,
): Promise<Witness | undefined> {
  const effectAtMs = actor.nowMs;
  const limitMs = heartbeatLimitMs(actor) + count * actor.session.clientHeartbeatMs;
  const passing = Promise.all(
    (["to-target", "from-target"] as const).map((way) => actor.proxy.passages(way, count, limitMs)),
  );
  for (let asked = 0; asked < count; asked += 1) {
    const answered = actor.proxy.passages("from-target", 1, limitMs / count);
    await ping(actor);
    await answered;
  }
  const ways = await passing;
  if (!ways.every((pieces) => pieces.length >= count && isLate(pieces))) return undefined;
  const [there, back] = ways.map((pieces) =>
    pieces.map((piece) => Math.round(latenessMs(piece))).join(" and "),
  );
  return { words: `pieces to the target were late by ${there} ms, from it by ${back} ms`, effectAtMs };
}
