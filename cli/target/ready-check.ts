import { once } from "node:events";
import { get as getHttp } from "node:http";
import { get as getHttps } from "node:https";
import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";
import type { Profile } from "../../harness/profile/profile.ts";
import { addressOf } from "../../harness/network/address.ts";
import { withTimeout } from "../../harness/util/with-timeout.ts";
import type { ProcessGroup } from "./process-group.ts";
import { messageOf } from "../../harness/util/words.ts";

/** Time limit of one check for an answer. */
const answerLimitMs = 5_000;
/** Pause between two checks. No event tells that a target is ready. */
const pauseMs = 50;

const stayInFront = "The command must stay in the foreground for as long as the target runs.";

/** Checks once whether the target is ready. Rejects with the reason if it is not. */
export type ReadyCheck = (signal: AbortSignal) => Promise<void>;

/**
 * Returns the check for a started target. It asks `start.ready` if the profile has it, the `info` resource of a SockJS
 * endpoint, or connects to the port of a WebSocket endpoint.
 */
export function readyCheckFor(
  { ready }: NonNullable<Profile["start"]>,
  transport: Profile["transport"],
  url: URL,
): ReadyCheck {
  if (ready !== undefined) return (signal) => assertAnswers(new URL(ready, url), signal);
  if (transport === "native") return (signal) => assertListening(url, signal);
  const info = new URL(url);
  info.pathname = `${info.pathname.replace(/\/$/, "")}/info`;
  return (signal) => assertAnswers(info, signal);
}

/** Waits until a target is ready. Returns the reason if it ends or the time is over first. */
export async function untilReady(
  group: ProcessGroup,
  question: ReadyCheck,
  readyMs: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  const over = new AbortController();
  const options = { signal: over.signal };
  let found = "not asked yet";
  // No event tells another process that a server listens.
  const ready = async () => {
    for (;;) {
      try {
        await question(over.signal);
        return undefined;
      } catch (error) {
        found = wordsOf(error);
      }
      await setTimeout(pauseMs, undefined, options);
    }
  };
  const gone = async () => {
    await group.ended(over.signal);
    // A command that ended with 0 may have left its server in the background.
    if (group.end === "exit code 0") await group.gone(over.signal);
    const end = group.end ?? "no word";
    return `it ended before it was ready, with ${end}. ${end === "exit code 0" ? stayInFront : "Try the command by itself."}`;
  };
  const late = async () => {
    await setTimeout(readyMs, undefined, options);
    return `it was not ready within ${readyMs / 1000} s (${found}). Raise start.readyMs, or give start.ready a path that answers below 400 once it is.`;
  };
  const interrupted = async (by: AbortSignal) => {
    if (!by.aborted) await once(by, "abort", options);
    throw by.reason;
  };
  try {
    return await Promise.race([ready(), gone(), late(), interrupted(signal)]);
  } finally {
    over.abort();
  }
}

async function assertAnswers(address: URL, signal: AbortSignal): Promise<void> {
  const request = (address.protocol === "https:" ? getHttps : getHttp)(address, { agent: false, signal });
  // Covers errors after the answer, which nothing awaits.
  request.on("error", () => undefined);
  try {
    const answer = await withTimeout(answerLimitMs, once(request, "response"));
    if (answer === undefined) throw new Error(`no answer from ${address.href} for ${answerLimitMs / 1000} s`);
    const [{ statusCode }] = answer as [{ statusCode: number }];
    if (statusCode >= 400) throw new Error(`${address.href} answered ${statusCode}`);
  } finally {
    request.destroy();
  }
}

/** @throws Error if nothing accepts connections at the address */
export async function assertListening(url: URL, signal: AbortSignal): Promise<void> {
  const socket = connect(addressOf(url));
  try {
    await once(socket, "connect", { signal });
  } finally {
    socket.destroy();
  }
}

/** Returns an error's message. Node puts the errors of several addresses into one AggregateError without a message. */
function wordsOf(error: unknown): string {
  if (error instanceof AggregateError) return wordsOf(error.errors[0]);
  return messageOf(error);
}
