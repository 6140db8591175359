import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import type { TargetInstance } from "../../harness/stage/target-instance.ts";
import { parseProfile, type Profile } from "../../harness/profile/profile.ts";
import { withTimeout } from "../../harness/util/with-timeout.ts";
import { startCommand } from "../../cli/target/start-command.ts";

/** A text as one word of a shell command. */
export const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
/** A shell command that runs this program. */
export const node = (program: string) => `${quoted(process.execPath)} -e ${quoted(program)}`;

/** Answers everything with this status. */
export const answering = (status: number) =>
  node(`require("http").createServer((q, a) => a.writeHead(${status}).end("x")).listen({port}, "127.0.0.1")`);

/** Where the targets of these tests are reached. */
export const url = "http://127.0.0.1:{port}/chat";

/** The start of a profile, with its defaults. */
function startOf(given: object): NonNullable<Profile["start"]> {
  const { start: parsed } = parseProfile({ url, start: given }, "the test");
  if (parsed === undefined) throw new Error("no start");
  return parsed;
}

/** Starts it; it is gone when the test is over. */
export async function started(
  given: object,
  transport: Profile["transport"] = "sockjs",
  limitsMs?: Parameters<typeof startCommand>[3],
): Promise<TargetInstance> {
  const own = await startCommand(startOf(given), { url, transport }, undefined, limitsMs);
  onTestFinished(() => own.dispose());
  return own;
}

/** What was thrown. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  const [result] = await Promise.allSettled([promise]);
  if (result.status === "fulfilled") throw new Error("it succeeded");
  return result.reason as Error;
}

/** Why it does not start. */
export const refusalOf = (given: object, signal?: AbortSignal): Promise<Error> =>
  failureOf(startCommand(startOf(given), { url, transport: "sockjs" }, signal));

/** Lets a server listen until the test is over. */
export async function listening(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** Processes that ring home live for as long as their connection does: the system closes it, however they end. */
export async function home() {
  const rung: Promise<unknown>[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined).resume();
    rung.push(new Promise((resolve) => socket.once("close", resolve)));
  });
  onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
  const port = await listening(server);
  return {
    /** Lives on until it is killed, and minds no SIGTERM where it is stubborn. */
    caller: ({ stubborn = false } = {}) =>
      node(
        `${stubborn ? 'process.on("SIGTERM", () => undefined);' : ""}require("net").connect(${port}, "127.0.0.1")`,
      ),
    /** Resolves when somebody rings who has not rung before. */
    nextRing: () => once(server, "connection"),
    callers: () => rung.length,
    /** Whether all who ever rang are gone, within 5 s. */
    allGone: async () => (await withTimeout(5_000, Promise.all(rung))) !== undefined,
  };
}

/** Whether anybody listens there. */
export async function answers({ hostname, port }: URL): Promise<boolean> {
  const socket = connect(Number(port), hostname);
  const [isThere] = await Promise.allSettled([once(socket, "connect")]);
  socket.destroy();
  return isThere.status === "fulfilled";
}
