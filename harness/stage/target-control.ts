import { witnessLimitMs } from "../util/limits.ts";
import { sessionsOf } from "../history/sessions.ts";
import type { OwnTarget } from "./target-instance.ts";
import type { Surroundings } from "./case-context.ts";
import { killTargetCause } from "../profile/causes.ts";

const fault = killTargetCause;

/** The target, where it is the case's own to end and to start. */
export function ownTargetOf({ ownTarget }: Surroundings): OwnTarget {
  if (ownTarget === undefined) throw new Error('the target is not this case\'s own; it needs "own-target"');
  return ownTarget;
}

/**
 * Kills the target, which ends every session that lives. The witness of each is that its actor saw the transport close:
 * nothing of the harness's has closed it.
 */
export async function killTarget(around: Surroundings): Promise<void> {
  const { history } = around;
  const own = ownTargetOf(around);
  const living = sessionsOf(history.events).filter((s) => s.end === undefined && s.closed === undefined);
  for (const { actor } of living) history.add({ kind: "fault-injected", actor, fault, ends: "with-target" });
  await own.kill();
  const now = () =>
    sessionsOf(history.events).filter(({ opened }) => living.some((s) => s.opened.index === opened.index));
  await history.until(() => now().every(({ closed }) => closed !== undefined), witnessLimitMs);
  for (const { actor, closed } of now()) {
    if (closed === undefined) continue;
    const witness = "the target's processes were gone, and the actor saw its transport closed";
    history.add({ kind: "fault-witnessed", actor, fault, witness, effectAtMs: closed.atMs });
  }
}

/** Starts the target again, at the same address and with what it had stored. */
export async function startTarget(around: Surroundings): Promise<void> {
  await ownTargetOf(around).start();
  around.admission.forget();
  around.history.add({ kind: "target-started", actor: "harness" });
}
