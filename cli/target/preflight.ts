import { preflight } from "../../doctor/watch/preflight.ts";
import { reach, type Reached } from "../../doctor/ask/reach.ts";
import { SetupRequests } from "../../harness/stage/setup-requests.ts";
import { connectionSettings, type ConnectionSettings } from "../../harness/stage/connection-settings.ts";
import type { EarlierSessions } from "../../harness/stage/notice-owners.ts";
import type { Profile } from "../../harness/profile/profile.ts";
import { distinct, type TargetSaid } from "../../harness/judge/target-said.ts";
import { secrets } from "../../harness/secrets/secrets.ts";
import { UnreachableError } from "../exit.ts";
import { messageOf } from "../../harness/util/words.ts";

/** Result of the examination before a run. */
export interface PreflightResult {
  /** Answer to SockJS's info request; undefined for a target without SockJS. */
  readonly info: TargetSaid["info"];
  /** Sessions of the examination. They belong to no case of the run. Undefined if it had none. */
  readonly earlier?: EarlierSessions;
  /** Explanation for missing leaves, of all clients or of those without a subscription; undefined if leaves arrived. */
  readonly remark?: string | undefined;
}

const onSubscribers =
  'The target announced test sessions that had subscribed, and not one that identified without a subscription. Cases with such clients fail. If the target means to announce only subscribers, add `announced`: "subscribers" to the profile.';

/**
 * Checks that a run can judge anything: the address speaks the profile's transport, and the profile describes the
 * notices. A leave of a test session shows that. Joins suffice if no other message follows the ends.
 * @param signal cancels the examination
 * @throws UnreachableError with the findings and a fix
 */
export async function runPreflight(
  profile: Profile,
  target: URL,
  signal: AbortSignal,
): Promise<PreflightResult> {
  const { info } = await assertReachable(profile, target);
  const { earlier, trouble, missesUnsubscribed } = await preflight(profile, target, signal);
  signal.throwIfAborted();
  if (trouble?.isOfTarget === false)
    throw new UnreachableError(`${trouble.words}\n\`--no-preflight\` runs the cases anyway.`);
  return { info, earlier, remark: trouble?.words ?? (missesUnsubscribed ? onSubscribers : undefined) };
}

/**
 * Checks that the address speaks the profile's transport.
 * @throws UnreachableError with the findings and a fix
 */
export async function assertReachable(profile: Profile, target: URL): Promise<PreflightResult> {
  const setupRequests = new SetupRequests(profile, target);
  const { url, httpHeaders } = await settingsFor(profile, target, setupRequests);
  const reached = await reach(url, { headers: httpHeaders });
  await setupRequests.dispose();
  if (reached.kind === "nothing") throw new UnreachableError(reached.problem);
  if (reached.kind === "websocket" && profile.transport === "sockjs") {
    const there = reached.sockJsAt === undefined ? "" : `; a SockJS endpoint answers at ${reached.sockJsAt}`;
    throw new UnreachableError(
      `${target.href} is a WebSocket and no SockJS endpoint: the profile needs \`transport\`: "native"${there}`,
    );
  }
  return { info: reached.kind === "sockjs" ? infoOf(reached) : undefined };
}

/** Returns the info for the record, without secrets. */
function infoOf({ info, looksLike }: Extract<Reached, { kind: "sockjs" }>): TargetSaid["info"] {
  const origins = distinct(info.origins.map((origin) => origin.slice(0, 120)));
  return secrets.maskAll({ looksLike, ...info, origins }, new Set(["looksLike"]));
}

async function settingsFor(
  profile: Profile,
  target: URL,
  setupRequests: SetupRequests,
): Promise<ConnectionSettings> {
  const name = `hangup${Math.floor(Math.random() * 36 ** 6).toString(36)}`;
  try {
    return connectionSettings(profile, target, await setupRequests.possessionsFor(name, name));
  } catch (error) {
    await setupRequests.dispose();
    throw new UnreachableError(messageOf(error));
  }
}
