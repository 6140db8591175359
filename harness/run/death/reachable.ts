import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";
import { addressOf } from "../../network/address.ts";

/** Time limit of one connection, in milliseconds. A target that hangs accepts connections, or leaves them unanswered. */
const connectLimitMs = 2_000;
/** Pause between two connections, in milliseconds. No event tells that a server listens. */
const pauseMs = 50;

/** Errors of a connection to an address at which nothing listens. */
const goneCodes = ["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "EHOSTDOWN", "ENOTFOUND"];

/** Returns true if nothing listens at the address. A connection that is not answered in time is no proof. */
export async function isRefused(target: URL): Promise<boolean> {
  const socket = connect(addressOf(target));
  try {
    await once(socket, "connect", { signal: AbortSignal.timeout(connectLimitMs) });
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && goneCodes.includes(String(error.code));
  } finally {
    socket.destroy();
  }
}

/**
 * Waits until something listens at the address.
 * @returns false if nothing does within `limitMs`, or the signal aborts
 */
export async function untilListening(target: URL, limitMs: number, signal: AbortSignal): Promise<boolean> {
  const untilMs = performance.now() + limitMs;
  while (await isRefused(target)) {
    if (signal.aborted || performance.now() >= untilMs) return false;
    await setTimeout(pauseMs, undefined, { signal }).catch(() => undefined);
  }
  return true;
}
