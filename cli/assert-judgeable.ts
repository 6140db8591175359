import { preflight } from "../doctor/preflight.ts";
import { reach } from "../doctor/reach.ts";
import { Admission } from "../harness/admission.ts";
import { approach, type Approach } from "../harness/approach.ts";
import type { Profile } from "../harness/profile.ts";
import { UnreachableError } from "./exit.ts";

/**
 * Makes sure that a run can judge anything: the address speaks the profile's transport, and at least one leave of a test
 * session is heard as the profile describes it.
 * @param signal gives it up
 * @throws UnreachableError that says what was found instead, and the mend
 */
export async function assertJudgeable(profile: Profile, target: URL, signal: AbortSignal): Promise<void> {
  const { url, httpHeaders } = await approachTo(profile, target);
  const reached = await reach(url, { headers: httpHeaders });
  if (reached.kind === "nothing") throw new UnreachableError(reached.problem);
  if (reached.kind === "websocket" && profile.transport === "sockjs") {
    const there = reached.sockJsAt === undefined ? "" : `; a SockJS endpoint answers at ${reached.sockJsAt}`;
    throw new UnreachableError(
      `${target.href} is a WebSocket and no SockJS endpoint: the profile needs \`transport\`: "native"${there}`,
    );
  }
  const problem = await preflight(profile, target, signal);
  signal.throwIfAborted();
  if (problem !== undefined) throw new UnreachableError(problem);
}

async function approachTo(profile: Profile, target: URL): Promise<Approach> {
  const name = `hangup${Math.floor(Math.random() * 36 ** 6).toString(36)}`;
  try {
    return approach(profile, target, await new Admission(profile, target).admit(name, name));
  } catch (error) {
    throw new UnreachableError(error instanceof Error ? error.message : String(error));
  }
}
