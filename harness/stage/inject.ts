import { personOf, sessionsOf, type Session } from "../history/sessions/sessions.ts";
import type { CaseContext } from "./case-context.ts";
import type { Fault, Witness } from "./faults/fault.ts";

/** Applies a fault, and records it with its witness. See `Stage.inject`. */
export async function injectFault(fault: Fault, { history, owners }: CaseContext): Promise<void> {
  const actor = fault.actor.name;
  const session = sessionsOf(history.events).findLast((s) => s.actor === actor);
  if (session === undefined || personOf(session) === undefined) owners.noteNamelessEnd();
  // A second fault finds its session ended. A first one needs a session that the target has not ended.
  if (session?.end === undefined) fault.actor.session.assertAlive();
  history.add({ kind: "fault-injected", actor, fault: fault.name, ends: fault.ends });
  fault.actor.releaseIdentify();
  const witness = await apply(fault);
  if (witness === undefined) {
    if (isForestalled(fault, session)) history.add({ kind: "fault-forestalled", actor, fault: fault.name });
    return;
  }
  const { words, effectAtMs, lastByteAtMs } = witness;
  history.add({ kind: "fault-witnessed", actor, fault: fault.name, witness: words, effectAtMs });
  if (lastByteAtMs !== undefined) fault.actor.lastOwnByteAtMs = lastByteAtMs;
}

/** Applies a fault. It has no witness if it fails on a connection that is gone. */
async function apply(fault: Fault): Promise<Witness | undefined> {
  try {
    return await fault.apply();
  } catch (error) {
    if (fault.actor.session.isOpen) throw error;
    return undefined;
  }
}

/**
 * Returns true if the connection had ended before the fault, and not by the harness's proxy. This applies to faults of the
 * proxy, and to a second fault of a session that an earlier fault had ended.
 */
const isForestalled = ({ actor, byProxy = false }: Fault, session: Session | undefined): boolean =>
  session !== undefined &&
  !actor.session.isOpen &&
  !actor.proxy.cutter.hasCut &&
  (byProxy || session.end !== undefined);

/** Waits until the target may give up a silent session, then ends the disturbance. See `Stage.heal`. */
export async function healFault(fault: Fault, { history, profile }: CaseContext): Promise<void> {
  if (fault.heal === undefined) throw new Error(`${fault.name} ends by itself`);
  const lastsMs = profile.deadlines.silenceIntervals * fault.actor.session.clientHeartbeatMs;
  await history.until(() => false, lastsMs);
  fault.heal();
  history.add({ kind: "fault-healed", actor: fault.actor.name, fault: fault.name });
}
