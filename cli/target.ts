import { fork } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { OwnTarget } from "../harness/own-target.ts";
import { parseProfile, type Profile } from "../harness/profile.ts";
import { addressOf } from "../harness/proxy.ts";
import { UnreachableError, UsageError } from "./exit.ts";
import { loadProfile } from "./profile-file.ts";

const bin = fileURLToPath(new URL("bin.js", import.meta.url));
const readyLine = z.object({ ready: z.literal(true), url: z.url() });

/** How long the target may take for its first answer, and the reference server for its start. */
const answerLimitMs = 8_000;
const startLimitMs = 20_000;

export interface Target {
  readonly profile: Profile;
  readonly url: URL;
  readonly stop: () => Promise<void>;
  /** Starts another instance, for one case's own use; undefined where nothing tells how. */
  readonly startOwn?: () => Promise<OwnTarget>;
}

/** The reference server's own profile: what it declares where that differs from the defaults. */
const referenceProfile = parseProfile(
  {
    name: "hangup reference server",
    // Its transports have to prove every five seconds that their clients live.
    otherSilenceMs: 5_000,
  },
  "the reference server's profile",
);

/** How a command is told its target. */
export interface TargetChoice {
  readonly url?: string;
  readonly profile?: string;
}

/**
 * The target that the command line, the profile, or neither of them names; in the last case the reference server.
 * @throws UsageError when what they name is no target
 */
export async function findTarget({ url, profile: file }: TargetChoice): Promise<Target> {
  const profile = await loadProfile(file);
  const address = url ?? profile?.url;
  if (address === undefined) {
    if (profile !== undefined) throw new UsageError("the profile gives no url; add it there or pass --url");
    const { url: own, dispose } = await startReferenceServer();
    return { profile: referenceProfile, url: own, stop: dispose, startOwn: startReferenceServer };
  }
  const parsed = URL.canParse(address) ? new URL(address) : undefined;
  if (parsed?.protocol !== "http:" && parsed?.protocol !== "https:") {
    throw new UsageError(
      `--url ${address}: it must be an http:// or https:// address, such as http://localhost:8080/connection`,
    );
  }
  return {
    profile: profile ?? parseProfile({ name: parsed.host }, "--url"),
    url: parsed,
    stop: () => Promise.resolve(),
  };
}

/** Starts the reference server in a process of its own, as any target would run, on a free port. */
async function startReferenceServer(): Promise<OwnTarget> {
  // Detached: Ctrl-C in a terminal reaches the harness alone, which stops the server when the last case is over.
  const child = fork(bin, ["serve", "--port", "0", "--quiet"], {
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
    dispose: () => endBy("SIGKILL"),
  };
}

/**
 * Makes sure that something at the address speaks the profile's transport.
 * @throws UnreachableError with one line that says what was found instead
 */
export async function assertReachable(url: URL, profile: Profile): Promise<void> {
  if (profile.transport === "native") return assertListening(url);
  const info = new URL(url);
  info.pathname = `${info.pathname.replace(/\/$/, "")}/info`;
  let response: Response;
  let body: string;
  try {
    response = await fetch(info, { redirect: "manual", signal: AbortSignal.timeout(answerLimitMs) });
    body = await boundedText(response);
  } catch (error) {
    throw new UnreachableError(
      `no answer from ${info.href}: ${reason(error)}. Is the server up, and the address right?`,
    );
  }
  const isSockJs = z.object({ websocket: z.boolean() }).safeParse(jsonOrUndefined(body)).success;
  if (!response.ok || !isSockJs) {
    throw new UnreachableError(
      `${url.href} is no SockJS endpoint: ${info.pathname} answered ${response.status} without SockJS's info. The address is the one that a page gives to SockJS.`,
    );
  }
}

async function assertListening(url: URL): Promise<void> {
  const socket = connect(addressOf(url));
  try {
    await once(socket, "connect", { signal: AbortSignal.timeout(answerLimitMs) });
  } catch (error) {
    throw new UnreachableError(`nothing listens at ${url.href}: ${reason(error)}. Is the server up?`);
  } finally {
    socket.destroy();
  }
}

/** An info answer is some hundred bytes; a body that does not end must not hold us up. */
async function boundedText(response: Response): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > 65_536) break;
  }
  return text;
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError" || error.name === "AbortError")
    return `silence for ${answerLimitMs / 1000} s`;
  const { cause } = error;
  if (cause instanceof AggregateError) return (cause.errors as Error[])[0]?.message ?? cause.message;
  return cause instanceof Error && cause.message !== "" ? cause.message : error.message;
}
