import { preflight } from "../../doctor/watch/preflight.ts";
import { reach } from "../../doctor/ask/reach.ts";
import { SetupRequests } from "../../harness/stage/setup-requests.ts";
import { connectionSettings, type ConnectionSettings } from "../../harness/stage/connection-settings.ts";
import type { EarlierSessions } from "../../harness/stage/notice-owners.ts";
import type { Profile } from "../../harness/profile/profile.ts";
import { UnreachableError } from "../exit.ts";

/** What a run has to know of the look at its target before it. */
export interface Judgeable {
  /** The sessions that looked; nobody's in the run. */
  readonly earlier: EarlierSessions;
  /** Why every leave may be missing, or those of clients without a subscription; undefined where those were heard. */
  readonly remark: string | undefined;
}

const onSubscribers =
  'The target announced test sessions that had subscribed, and not one that identified without a subscription. Cases with such clients fail. If the target means to announce only subscribers, add `announced`: "subscribers" to the profile.';

/**
 * Makes sure that a run can judge anything: the address speaks the profile's transport, and the profile describes what
 * the target tells. That is shown by a leave of a test session; or by joins, where no other message comes after the ends.
 * @param signal gives it up
 * @throws UnreachableError that says what was found instead, and the mend
 */
export async function assertJudgeable(
  profile: Profile,
  target: URL,
  signal: AbortSignal,
): Promise<Judgeable> {
  await assertReachable(profile, target);
  const { earlier, trouble, missesUnsubscribed } = await preflight(profile, target, signal);
  signal.throwIfAborted();
  if (trouble?.isOfTarget === false)
    throw new UnreachableError(`${trouble.words}\n\`--no-preflight\` runs the cases all the same.`);
  return { earlier, remark: trouble?.words ?? (missesUnsubscribed ? onSubscribers : undefined) };
}

/**
 * Makes sure that the address speaks the profile's transport.
 * @throws UnreachableError that says what was found instead, and the mend
 */
export async function assertReachable(profile: Profile, target: URL): Promise<void> {
  const { url, httpHeaders } = await approachTo(profile, target);
  const reached = await reach(url, { headers: httpHeaders });
  if (reached.kind === "nothing") throw new UnreachableError(reached.problem);
  if (reached.kind === "websocket" && profile.transport === "sockjs") {
    const there = reached.sockJsAt === undefined ? "" : `; a SockJS endpoint answers at ${reached.sockJsAt}`;
    throw new UnreachableError(
      `${target.href} is a WebSocket and no SockJS endpoint: the profile needs \`transport\`: "native"${there}`,
    );
  }
}

async function approachTo(profile: Profile, target: URL): Promise<ConnectionSettings> {
  const name = `hangup${Math.floor(Math.random() * 36 ** 6).toString(36)}`;
  try {
    return connectionSettings(
      profile,
      target,
      await new SetupRequests(profile, target).valuesFor(name, name),
    );
  } catch (error) {
    throw new UnreachableError(error instanceof Error ? error.message : String(error));
  }
}
