import { fork } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { parseProfile } from "../../harness/profile/profile.ts";
import { jsonOrUndefined } from "../../harness/util/json.ts";
import { UnreachableError } from "../exit.ts";
import type { TargetProcess } from "../../harness/run/death/target-process.ts";
import { compiledEnvironment } from "./compile.ts";
import { OutputTail } from "./output-tail.ts";
import { startKeepingStore, type ServerProcess } from "./keeping-store.ts";
import type { RunTarget } from "./target.ts";

const bin = fileURLToPath(new URL("../bin.js", import.meta.url));
const readyLine = z.object({ ready: z.literal(true), url: z.url() });

/** Time limit for the start of the reference server. */
const startLimitMs = 20_000;

/** Options that shorten the reference server's times, so that a run takes less time than with its defaults. */
export const shortTimes = [
  ...["--transport-heartbeat-ms", "2000", "--disconnect-delay-ms", "1500"],
  ...["--connect-timeout-ms", "7000"],
];

/** Profile of the reference server with these options. */
export const referenceProfile = parseProfile(
  {
    name: "hangup reference server",
    // Disconnect delay, minus the time by which a timer may fire early.
    otherSilenceMs: 1_450,
    stomp: { versions: ["1.2", "1.1", "1.0"] },
    roster: { destination: "/app/roster", list: "", client: "/clientData" },
    clientHeartbeatMs: 1_000,
    // Longer than two pings, and than the connection of each client of other cases.
    proxyIdleMs: 4_500,
    // silentMs: one heartbeat, the wait for the next, and the disconnect delay.
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

/**
 * Starts the reference server as a target. Cases that need their own instance get one with the same options.
 * @param serveArguments further arguments of `hangup serve`: options, a mutant
 * @throws UnreachableError if it does not start
 */
export async function startReferenceTarget(serveArguments: readonly string[] = []): Promise<RunTarget> {
  const startOwn = () =>
    startKeepingStore((store, port) => startReferenceServer([...serveArguments, ...store], port));
  let latest = startReferenceServer(serveArguments);
  const { url } = await latest;
  // A server that did not start again needs no end.
  const end = () => latest.then(({ dispose }) => dispose()).catch(() => undefined);
  return {
    profile: referenceProfile,
    url,
    process: {
      ended: async (signal) => (await latest).ended(signal),
      restart: async () => {
        await end();
        latest = startReferenceServer(serveArguments, url.port);
        await latest;
      },
    },
    stop: end,
    isReference: true,
    startOwn,
  };
}

/** Number of servers that this process has started. */
let started = 0;

/** Starts the reference server in its own process. Uses a free port if none is given. */
async function startReferenceServer(
  serveArguments: readonly string[],
  port = "0",
): Promise<ServerProcess & Pick<TargetProcess, "ended">> {
  // Most runs start one server. Compiling for it would only cost time.
  const env = (started += 1) === 1 ? process.env : await compiledEnvironment();
  // Detached: Ctrl-C in a terminal reaches only the harness. It stops the server after the last case.
  const child = fork(bin, ["serve", "--port", port, "--quiet", "--probe", ...shortTimes, ...serveArguments], {
    detached: true,
    env,
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  if (child.stdout === null) throw new Error("the reference server has no standard output");
  const output = new OutputTail();
  child.stderr?.on("data", (piece: Buffer) => output.add(piece));
  const ended = new Promise<string>((resolve) =>
    child
      .once("close", (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`))
      .once("error", (error) => resolve(error.message)),
  );
  const endBy = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([
    once(lines, "line", { signal: AbortSignal.timeout(startLimitMs) }).then(([text]) => String(text)),
    ended.then((end) => `it ended with ${end}${output.inWords}`),
  ]).catch(() => `no ready line within ${startLimitMs / 1000} s`);
  const ready = readyLine.safeParse(jsonOrUndefined(line));
  if (!ready.success) {
    await endBy("SIGKILL");
    throw new UnreachableError(`the reference server did not start: ${line}`);
  }
  return {
    url: new URL(ready.data.url),
    ended: async (signal) => {
      const interrupted = new Promise<never>((_resolve, reject) =>
        signal.addEventListener("abort", () => reject(signal.reason as Error)),
      );
      return { end: await Promise.race([ended, interrupted]), lastLines: output.lines };
    },
    stop: () => endBy("SIGTERM"),
    kill: () => endBy("SIGKILL"),
    dispose: () => endBy("SIGKILL"),
  };
}
