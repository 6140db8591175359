import type { SpawnOptions } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { get as getHttp } from "node:http";
import { get as getHttps } from "node:https";
import { connect, createServer } from "node:net";
import { constants } from "node:os";
import { setTimeout } from "node:timers/promises";
import type { TargetInstance } from "../../harness/stage/target-instance.ts";
import type { Profile } from "../../harness/profile/profile.ts";
import { fill, fillAll, type Values } from "../../harness/profile/template.ts";
import { addressOf } from "../../harness/network/address.ts";
import { withTimeout } from "../../harness/util/with-timeout.ts";
import { UnreachableError, UsageError } from "../exit.ts";
import { ProcessGroup, succeeds } from "./process-group.ts";

type Start = NonNullable<Profile["start"]>;

/** Where what is started is reached: the address with or without {port}. */
type Endpoint = Pick<Profile, "transport"> & { readonly url: string };

/** How long a target may take to end by what the profile gives as `stop` and as `kill`, before SIGKILL ends it. */
const usualLimitsMs = { stop: 10_000, kill: 5_000 };
/** How long one question whether it is ready may stay without an answer, and somebody else's port without a connection. */
const answerLimitMs = 5_000;
const foreignLimitMs = 1_000;
/** Between two questions whether it is ready, to which no event gives the answer. */
const pauseMs = 50;

const portsFrom = 20_000;
const portsTo = 32_000;
const portTries = 100;

/** Ports that were given to a target once. One that is slow to take its own must not be answered for by another. */
const given = new Set<number>();

/** Whether every instance gets a port of its own, so that there may be several. */
export const hasOwnPort = (start: Start): boolean => start.command.includes("{port}");

/**
 * Starts a target by its command, and waits until it is ready, for `start.readyMs` at most. One whose port somebody took
 * meanwhile is started once more, on another.
 *
 * Where it is started again, that is on the same port.
 *
 * All that the command brings about in its process group is gone after `stop`, `kill` and `dispose`, and when hangup ends,
 * however that comes about. What leaves the group (a daemon, a container) is only reached by a `kill` that is a command.
 * @param signal gives the start up, and ends what was started
 * @param limitsMs how long it may take to end as it is asked to, before it is ended by force
 * @throws UsageError where the profile's `start` can't be followed
 * @throws UnreachableError where it ended, or was not ready in time, with the last that it wrote
 */
export async function startCommand(
  start: Start,
  endpoint: Endpoint,
  signal?: AbortSignal,
  limitsMs = usualLimitsMs,
): Promise<TargetInstance> {
  assertPossible(start);
  const launchOn = (values: Values) => launch(start, endpoint, values, signal, limitsMs);
  if (!hasOwnPort(start)) {
    await assertNobodyAt(addressFilled(endpoint, {}));
    return launchOn({});
  }
  const port = await freshPort();
  try {
    return await launchOn({ port: String(port) });
  } catch (error) {
    if (signal?.aborted === true || (await freePort(port)) !== undefined) throw error;
    return launchOn({ port: String(await freshPort()) });
  }
}

/** @param values with the port, where it has one of its own */
async function launch(
  start: Start,
  endpoint: Endpoint,
  values: Values,
  signal: AbortSignal | undefined,
  limitsMs: typeof usualLimitsMs,
): Promise<TargetInstance> {
  const url = addressFilled(endpoint, values);
  const surroundings = { cwd: start.cwd, env: { ...process.env, ...fillAll(start.env, values) } };
  const command = fill(start.command, values);
  const lastly = signalNamed(start.kill) === undefined ? fill(start.kill, values) : "";
  const question = questionOf(start, endpoint, url);
  const over = new AbortController();
  const givenUp = AbortSignal.any(signal === undefined ? [over.signal] : [over.signal, signal]);
  const ask = async (group: ProcessGroup | undefined, key: "stop" | "kill") => {
    if (group === undefined || (await group.isGone())) return;
    const name = signalNamed(start[key]);
    const limitMs = limitsMs[key];
    if (name === undefined) {
      const asked = fill(start[key], { ...values, pid: String(group.id) });
      if (await endBy(asked, key, { group, surroundings, limitMs })) return;
    } else {
      group.signal(name);
      if (await group.goneWithin(limitMs)) return;
    }
    await group.force();
  };
  let group: ProcessGroup | undefined;
  const end = async () => {
    await ask(group, "kill").catch(() => undefined);
    await group?.force();
  };
  const begin = async () => {
    givenUp.throwIfAborted();
    if ((await group?.isGone()) === false)
      throw new Error("the target still runs; it can't be started again");
    const isFirst = group === undefined;
    group = await ProcessGroup.start(command, surroundings, lastly);
    const trouble = await untilReady(group, question, start.readyMs, givenUp).catch(
      async (error: unknown) => {
        await end();
        throw error;
      },
    );
    if (trouble === undefined) return;
    await end();
    throw new UnreachableError(
      `the target did not start${isFirst ? "" : " again"}: ${trouble}\nThe profile's start.command was: ${command}${await group.lastLines()}`,
    );
  };
  let beginning = begin();
  await beginning;
  return {
    url,
    stop: () => ask(group, "stop"),
    kill: () => ask(group, "kill"),
    start: () => (beginning = begin()),
    dispose: async () => {
      over.abort(new Error("the target is not wanted any more"));
      await beginning.catch(() => undefined);
      await end();
    },
  };
}

interface Ending {
  readonly group: ProcessGroup;
  readonly surroundings: SpawnOptions;
  readonly limitMs: number;
}

/**
 * Has a command end the group.
 * @returns whether it is gone
 * @throws Error where it is not, and the command failed
 */
async function endBy(asked: string, key: string, { group, surroundings, limitMs }: Ending): Promise<boolean> {
  const asking = await ProcessGroup.start(asked, surroundings);
  const [isGone] = await Promise.all([group, asking].map((one) => one.goneWithin(limitMs)));
  const end = asking.end ?? `no end within ${limitMs / 1000} s`;
  await asking.force();
  if (isGone !== true && end !== "exit code 0")
    throw new Error(`the profile's start.${key} failed, with ${end}: ${asked}${await asking.lastLines()}`);
  return isGone === true;
}

const stayInFront = "It must stay in the foreground for as long as the target is to live.";

/** Asks whether the target is ready: resolves when it is, else rejects with what was found. */
type Question = (signal: AbortSignal) => Promise<void>;

function questionOf({ ready }: Start, { transport }: Endpoint, url: URL): Question {
  if (ready !== undefined) return (signal) => assertAnswers(new URL(ready, url), signal);
  if (transport === "native") return (signal) => assertListening(url, signal);
  const info = new URL(url);
  info.pathname = `${info.pathname.replace(/\/$/, "")}/info`;
  return (signal) => assertAnswers(info, signal);
}

/** @returns why it is not going to be ready; undefined when it is */
async function untilReady(
  group: ProcessGroup,
  question: Question,
  readyMs: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  const over = new AbortController();
  const options = { signal: over.signal };
  let found = "not asked yet";
  // That a server listens is no event that another process could wait for.
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
    // What it left in the background may still serve, but not for a command that failed.
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
  // Also what comes after the answer, which nobody waits for.
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

async function assertListening(url: URL, signal: AbortSignal): Promise<void> {
  const socket = connect(addressOf(url));
  try {
    await once(socket, "connect", { signal });
  } finally {
    socket.destroy();
  }
}

/** Where the port is always the same, whoever is there already would be taken for what was started. */
async function assertNobodyAt(url: URL): Promise<void> {
  if (await succeeds(assertListening(url, AbortSignal.timeout(foreignLimitMs)))) {
    throw new UnreachableError(
      `something listens already where the profile's start would start the target, at ${url.host}. End it, name it by --url, or let start.command and url have {port}.`,
    );
  }
}

function assertPossible({ cwd, stop, kill }: Start): void {
  if (process.platform === "win32")
    throw new UsageError(
      "the profile's start needs process groups, which Windows lacks; start the target yourself and pass --url",
    );
  if (cwd !== undefined && !existsSync(cwd))
    throw new UsageError(`the profile's start.cwd: there is no folder ${cwd}`);
  for (const [key, how] of Object.entries({ stop, kill })) {
    if (/^SIG[A-Z0-9]+$/.test(how) && signalNamed(how) === undefined)
      throw new UsageError(`the profile's start.${key}: this system has no signal ${how}`);
  }
}

function addressFilled({ url }: Endpoint, values: Values): URL {
  const filled = fill(url, values);
  if (!URL.canParse(filled))
    throw new UsageError(`the profile's url is no address once filled in: ${filled}`);
  return new URL(filled);
}

/** @returns undefined for what is a command */
function signalNamed(how: string): NodeJS.Signals | undefined {
  const name = how.startsWith("SIG") ? how : `SIG${how}`;
  return Object.keys(constants.signals).find((one): one is NodeJS.Signals => one === name);
}

/**
 * A port below those that systems hand out by themselves (Linux from 32768 on, others from 49152): while a target is down
 * between its end and its next start, no other process is given its port.
 */
async function freshPort(): Promise<number> {
  for (let tries = 0; tries < portTries; tries += 1) {
    const wanted = randomInt(portsFrom, portsTo);
    if (given.has(wanted) || (await freePort(wanted)) === undefined) continue;
    given.add(wanted);
    return wanted;
  }
  throw new Error(`none of ${portTries} ports that were tried between ${portsFrom} and ${portsTo} is free`);
}

/** @returns the wanted port; undefined where it is taken */
async function freePort(wanted: number): Promise<number | undefined> {
  const server = createServer().listen(wanted, "127.0.0.1");
  if (!(await succeeds(once(server, "listening")))) return undefined;
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "string" ? undefined : address?.port;
}

/** Of several addresses that were tried in vain, Node gives a message for none. */
function wordsOf(error: unknown): string {
  if (error instanceof AggregateError) return wordsOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
