import type { SpawnOptions } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import type { TargetInstance } from "../../harness/stage/target-instance.ts";
import type { Profile } from "../../harness/profile/profile.ts";
import { fill, fillAll, type Values } from "../../harness/profile/template.ts";
import type { TargetProcess } from "../../harness/run/death/target-process.ts";
import { UnreachableError, UsageError } from "../exit.ts";
import { freshPort, isFree } from "./free-port.ts";
import { ProcessGroup, succeeds } from "./process-group.ts";
import { assertListening, readyCheckFor, untilReady } from "./ready-check.ts";

/** A target that was started by a command. */
export interface StartedTarget extends TargetInstance {
  /** Resolves with the exit when all its processes have ended. Rejects if the signal aborts first. */
  readonly ended: TargetProcess["ended"];
}

type StartSettings = NonNullable<Profile["start"]>;

/** Address of a started target, with or without {port}, and its transport. */
type TargetEndpoint = Pick<Profile, "transport"> & { readonly url: string };

/** Time limits for the profile's `stop` and `kill`. After them the target is killed with SIGKILL. */
const defaultLimitsMs = { stop: 10_000, kill: 5_000 };

/** Time limit of a connection to another program on the target's port. */
const foreignLimitMs = 1_000;

/** Returns true if every instance gets its own port, so that several can run. */
export const hasOwnPort = (start: StartSettings): boolean => start.command.includes("{port}");

/**
 * Starts a target by its command and waits up to `start.readyMs` until it is ready. If another program took its port
 * meanwhile, the command is started once more on another port. A restart uses the same port.
 *
 * `stop`, `kill`, `dispose` and the end of hangup end every process of the command's process group. Processes outside the
 * group, such as a daemon or a container, end only if the profile's `kill` is a command that ends them.
 * @param signal cancels the start and ends the started processes
 * @param limitsMs time limits before the processes are killed
 * @throws UsageError if the profile's `start` can't work on this system
 * @throws UnreachableError if the target ended or was not ready in time, with its last output
 */
export async function startCommand(
  start: StartSettings,
  endpoint: TargetEndpoint,
  signal?: AbortSignal,
  limitsMs = defaultLimitsMs,
): Promise<StartedTarget> {
  assertPossible(start);
  const launchOn = (values: Values) => launch(start, endpoint, values, signal, limitsMs);
  if (!hasOwnPort(start)) {
    await assertUnused(addressFilled(endpoint, {}));
    return launchOn({});
  }
  const port = await freshPort();
  try {
    return await launchOn({ port: String(port) });
  } catch (error) {
    if (signal?.aborted === true || (await isFree(port))) throw error;
    return launchOn({ port: String(await freshPort()) });
  }
}

/** @param values values for the templates, with `port` if the target has its own */
async function launch(
  start: StartSettings,
  endpoint: TargetEndpoint,
  values: Values,
  signal: AbortSignal | undefined,
  limitsMs: typeof defaultLimitsMs,
): Promise<StartedTarget> {
  const url = addressFilled(endpoint, values);
  const spawnContext = { cwd: start.cwd, env: { ...process.env, ...fillAll(start.env, values) } };
  const command = fill(start.command, values);
  const lastly = signalNamed(start.kill) === undefined ? fill(start.kill, values) : "";
  const check = readyCheckFor(start, endpoint.transport, url);
  const over = new AbortController();
  const givenUp = AbortSignal.any(signal === undefined ? [over.signal] : [over.signal, signal]);
  const ask = async (group: ProcessGroup | undefined, key: "stop" | "kill") => {
    if (group === undefined || (await group.isGone())) return;
    const name = signalNamed(start[key]);
    const limitMs = limitsMs[key];
    if (name === undefined) {
      const asked = fill(start[key], { ...values, pid: String(group.id) });
      if (await endBy(asked, key, { group, spawnContext, limitMs })) return;
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
      throw new Error("the target still runs. It can't be started again.");
    const isFirst = group === undefined;
    group = await ProcessGroup.start(command, spawnContext, lastly);
    const trouble = await untilReady(group, check, start.readyMs, givenUp).catch(async (error: unknown) => {
      await end();
      throw error;
    });
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
    ended: async (ending) => {
      await beginning;
      if (group === undefined) throw new Error("the target was not started");
      return group.exited(ending);
    },
    dispose: async () => {
      over.abort(new Error("the target is disposed"));
      await beginning.catch(() => undefined);
      await end();
    },
  };
}

interface EndCommand {
  readonly group: ProcessGroup;
  readonly spawnContext: SpawnOptions;
  readonly limitMs: number;
}

/**
 * Runs a command that ends the group.
 * @returns true if the group is gone
 * @throws Error if it is not and the command failed
 */
async function endBy(
  asked: string,
  key: string,
  { group, spawnContext, limitMs }: EndCommand,
): Promise<boolean> {
  const asking = await ProcessGroup.start(asked, spawnContext);
  const [isGone] = await Promise.all([group, asking].map((one) => one.goneWithin(limitMs)));
  const end = asking.end ?? `no end within ${limitMs / 1000} s`;
  await asking.force();
  if (isGone !== true && end !== "exit code 0")
    throw new Error(`the profile's start.${key} failed, with ${end}: ${asked}${await asking.lastLines()}`);
  return isGone === true;
}

/** @throws UnreachableError if another program listens at a fixed address. It would be mistaken for the target. */
async function assertUnused(url: URL): Promise<void> {
  if (await succeeds(assertListening(url, AbortSignal.timeout(foreignLimitMs)))) {
    throw new UnreachableError(
      `another program already listens at ${url.host}, where the profile's start would start the target. End it, pass its address as --url, or use {port} in start.command and url.`,
    );
  }
}

function assertPossible({ cwd, stop, kill }: StartSettings): void {
  if (process.platform === "win32")
    throw new UsageError(
      "the profile's start needs process groups, which Windows lacks. Start the target yourself and pass --url.",
    );
  if (cwd !== undefined && !existsSync(cwd))
    throw new UsageError(`the profile's start.cwd: folder ${cwd} does not exist`);
  for (const [key, how] of Object.entries({ stop, kill })) {
    if (/^SIG[A-Z0-9]+$/.test(how) && signalNamed(how) === undefined)
      throw new UsageError(`the profile's start.${key}: signal ${how} does not exist on this system`);
  }
}

function addressFilled({ url }: TargetEndpoint, values: Values): URL {
  const filled = fill(url, values);
  if (!URL.canParse(filled))
    throw new UsageError(`the profile's url is not an address with its templates filled in: ${filled}`);
  return new URL(filled);
}

/** Returns the signal that `stop` or `kill` names; undefined for a command. */
function signalNamed(how: string): NodeJS.Signals | undefined {
  const name = how.startsWith("SIG") ? how : `SIG${how}`;
  return Object.keys(constants.signals).find((one): one is NodeJS.Signals => one === name);
}
