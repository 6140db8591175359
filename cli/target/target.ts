import { fork } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { jsonOrUndefined } from "../../harness/util/json.ts";
import type { TargetInstance } from "../../harness/stage/target-instance.ts";
import { parseProfile, type Profile, type ProfileInput } from "../../harness/profile/profile.ts";
import { learnProfile } from "../../harness/profile/profile-secrets.ts";
import { secrets } from "../../harness/secrets/secrets.ts";
import { UnreachableError, UsageError } from "../exit.ts";
import { loadProfile } from "./profile-file.ts";
import { startKeepingStore, type ServerProcess } from "./keeping-store.ts";
import { hasOwnPort, startCommand } from "./start-command.ts";

const bin = fileURLToPath(new URL("../bin.js", import.meta.url));
const readyLine = z.object({ ready: z.literal(true), url: z.url() });

/** How long the reference server may take for its start. */
const startLimitMs = 20_000;

export interface Target {
  readonly profile: Profile;
  readonly url: URL;
  readonly stop: () => Promise<void>;
  /** Whether it is the reference server, as it was started here. */
  readonly isReference?: boolean;
  /** Starts another instance, for one case's own use; undefined where nothing tells how. */
  readonly startOwn?: () => Promise<TargetInstance>;
}

/** How the reference server is started here: what takes seconds by its defaults need not. */
const scaled = [
  ...["--transport-heartbeat-ms", "2000", "--disconnect-delay-ms", "1500"],
  ...["--connect-timeout-ms", "7000"],
];

/** The reference server's own profile: what it declares, started like that, where it differs from the defaults. */
const referenceProfile = parseProfile(
  {
    name: "hangup reference server",
    // Its disconnect delay, less what a timer may be early.
    otherSilenceMs: 1_450,
    stomp: { versions: ["1.2", "1.1", "1.0"] },
    roster: { destination: "/app/roster", list: "", client: "/clientData" },
    clientHeartbeatMs: 1_000,
    // One proof, the wait for the next, and the disconnect delay.
    deadlines: { httpEndedMs: 2_500, silentMs: 5_500, connectMs: 7_500, reconcileMs: 4_000 },
    probe: {
      path: "/probe",
      mappings: "/mappings",
      sessions: "/sessions",
      events: {
        list: "/events",
        session: "/transportSessionId",
        headers: "/headers",
        connect: { "/name": "session-connect" },
        frame: { match: { "/name": "frame-seen" }, command: "/command" },
      },
    },
  },
  "the reference server's profile",
);

/** How a command is told its target. */
export interface TargetChoice {
  readonly url?: string;
  readonly profile?: string;
}

/** How `run` is told its target. */
export interface RunTargetChoice extends TargetChoice {
  /** The built-in reference server, in place of any other. */
  readonly reference?: boolean;
}

/**
 * Decides which target a run is on, before anything is started.
 * @returns a function that starts or finds it; see `findTarget`
 * @throws UsageError when nothing names a target, or two things do
 */
export async function chooseTarget({
  url,
  profile: file,
  reference = false,
}: RunTargetChoice): Promise<(signal: AbortSignal) => Promise<Target>> {
  const profile = await loadProfile(file);
  if (reference) {
    if (url === undefined && profile === undefined) return () => startReferenceTarget();
    const other = url === undefined ? (file ?? "hangup.config.* in this folder") : "--url";
    throw new UsageError(
      `--reference runs the suite on the built-in reference server, and ${other} gives another target. Leave one of them out. \`npm run conformance\` passes --reference; for a server of your own use \`npm run hangup -- run\`.`,
    );
  }
  if (url === undefined && profile === undefined)
    throw new UsageError(
      `no target is named: there is neither --url nor --profile, and no hangup.config.ts, .js or .json in ${process.cwd()}. Pass --url or --profile, or --reference for the built-in reference server.`,
    );
  return (signal) => targetOf(profile, url, signal);
}

/**
 * The target that the command line, the profile, or neither of them names; in the last case the reference server. What
 * the profile's `start` starts is the target unless `--url` names another; then it starts nothing, since a report is of one.
 * @param signal gives a start up
 * @throws UsageError when what they name is no target
 * @throws UnreachableError when it does not start
 */
export async function findTarget(
  { url, profile: file }: TargetChoice,
  signal?: AbortSignal,
): Promise<Target> {
  return targetOf(await loadProfile(file), url, signal);
}

/**
 * The target that a doctor is to look at, of which less may be known than a profile says.
 * @throws UsageError when what is given is no profile, or names no target
 */
export async function findLookedAt(
  given: ProfileInput,
  url: string | undefined,
  signal?: AbortSignal,
): Promise<Target> {
  if (url === undefined && given.url === undefined)
    throw new UsageError("which target? Give its address: --url, or `url` in a profile");
  try {
    return await targetOf(parseProfile(given, "what is known of the profile"), url, signal);
  } catch (error) {
    if (error instanceof UnreachableError || error instanceof UsageError) throw error;
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

async function targetOf(
  profile: Profile | undefined,
  url: string | undefined,
  signal?: AbortSignal,
): Promise<Target> {
  const startOwn = profile === undefined || url !== undefined ? undefined : starterOf(profile, signal);
  if (profile?.start !== undefined && startOwn !== undefined) {
    const own = await startOwn();
    const target = { profile, url: own.url, stop: () => leave(own) };
    return hasOwnPort(profile.start) ? { ...target, startOwn } : target;
  }
  const address = url ?? profile?.url;
  if (address === undefined) {
    if (profile !== undefined) throw new UsageError("the profile gives no url; add it there or pass --url");
    return startReferenceTarget();
  }
  return { ...atAddress(address, profile), stop: () => Promise.resolve() };
}

/**
 * What is at an address: a target of which nothing else is known, where there is no profile.
 * @throws UsageError when that is no address
 */
function atAddress(address: string, profile: Profile | undefined): Pick<Target, "profile" | "url"> {
  learnProfile(profile, address);
  const inHttp = address.replace(/^ws(?=s?:)/, "http");
  const parsed = URL.canParse(inHttp) ? new URL(inHttp) : undefined;
  if (parsed?.protocol !== "http:" && parsed?.protocol !== "https:") {
    throw new UsageError(
      `--url ${address}: it must be an http:// or https:// address, such as http://localhost:8080/connection`,
    );
  }
  return { profile: profile ?? parseProfile({ name: parsed.host, url: address }, "--url"), url: parsed };
}

/** What is known of a target without starting it, or asking it anything. */
export interface DescribedTarget {
  readonly profile: Profile;
  /** Whether an instance could be started for one case alone. */
  readonly canStartTarget: boolean;
}

/**
 * The target that the command line names, as it is described.
 * @throws UsageError when what it names is no target
 */
export async function describeTarget({ url, profile: file }: TargetChoice): Promise<DescribedTarget> {
  const profile = await loadProfile(file);
  if (url === undefined && profile !== undefined)
    return { profile, canStartTarget: profile.start !== undefined && hasOwnPort(profile.start) };
  return { profile: atAddress(url ?? "", profile).profile, canStartTarget: false };
}

/** What starts an instance as the profile says; undefined where it does not. */
function starterOf(
  { start, url, transport }: Profile,
  signal: AbortSignal | undefined,
): (() => Promise<TargetInstance>) | undefined {
  if (start === undefined || url === undefined) return undefined;
  return () => startCommand(start, { url, transport }, signal);
}

/** Stops a target for good. What goes wrong with that is told, and changes nothing of what the run has found. */
async function leave(own: TargetInstance): Promise<void> {
  const tell = (error: unknown) =>
    console.error(`hangup: ${secrets.mask(error instanceof Error ? error.message : String(error))}`);
  await own.stop().catch(tell);
  await own.dispose().catch(tell);
}

/**
 * The reference server as a target, with company of its own kind for cases that need one to themselves.
 * @param serveArguments beyond the port, as `hangup serve` takes them: a mutant, options
 * @throws UnreachableError when it does not start
 */
export async function startReferenceTarget(serveArguments: readonly string[] = []): Promise<Target> {
  const startOwn = () =>
    startKeepingStore((store, port) => startReferenceServer([...serveArguments, ...store], port));
  const { url, dispose } = await startReferenceServer(serveArguments);
  return { profile: referenceProfile, url, stop: dispose, isReference: true, startOwn };
}

/** Starts the reference server in a process of its own, as any target would run; on a free port where none is given. */
async function startReferenceServer(serveArguments: readonly string[], port = "0"): Promise<ServerProcess> {
  // Detached: Ctrl-C in a terminal reaches the harness alone, which stops the server when the last case is over.
  const child = fork(bin, ["serve", "--port", port, "--quiet", "--probe", ...scaled, ...serveArguments], {
    detached: true,
    execArgv: [],
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  if (child.stdout === null) throw new Error("the reference server has no standard output");
  const ended = new Promise<string>((resolve) =>
    child
      .once("exit", (code) => resolve(`it ended with exit code ${code}`))
      .once("error", (error) => resolve(error.message)),
  );
  const endBy = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([
    once(lines, "line", { signal: AbortSignal.timeout(startLimitMs) }).then(([text]) => String(text)),
    ended,
  ]).catch(() => `no ready line within ${startLimitMs / 1000} s`);
  const ready = readyLine.safeParse(jsonOrUndefined(line));
  if (!ready.success) {
    await endBy("SIGKILL");
    throw new UnreachableError(`the reference server did not start: ${line}`);
  }
  return {
    url: new URL(ready.data.url),
    stop: () => endBy("SIGTERM"),
    kill: () => endBy("SIGKILL"),
    dispose: () => endBy("SIGKILL"),
  };
}
