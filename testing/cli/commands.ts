import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import type { TargetInstance } from "../../harness/stage/target-instance.ts";
import { parseProfile, type Profile } from "../../harness/profile/profile.ts";
import { withTimeout } from "../../harness/util/with-timeout.ts";
import { startCommand } from "../../cli/target/start-command.ts";

/** Quotes a text as one word of a shell command. */
export const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
/** Returns a shell command that runs a JavaScript program. */
export const node = (program: string) => `${quoted(process.execPath)} -e ${quoted(program)}`;

/** Returns a command that answers every request with the status. */
export const answering = (status: number) =>
  node(`require("http").createServer((q, a) => a.writeHead(${status}).end("x")).listen({port}, "127.0.0.1")`);

/** Address of the targets of these tests. */
export const url = "http://127.0.0.1:{port}/chat";

/** Returns the `start` of a profile, with its defaults. */
function startOf(given: object): NonNullable<Profile["start"]> {
  const { start: parsed } = parseProfile({ url, start: given }, "the test");
  if (parsed === undefined) throw new Error("no start");
  return parsed;
}

/** Starts a target, and disposes of it after the test. */
export async function started(
  given: object,
  transport: Profile["transport"] = "sockjs",
  limitsMs?: Parameters<typeof startCommand>[3],
): Promise<TargetInstance> {
  const own = await startCommand(startOf(given), { url, transport }, undefined, limitsMs);
  onTestFinished(() => own.dispose());
  return own;
}

/** Returns the error of a promise that must reject. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  const [result] = await Promise.allSettled([promise]);
  if (result.status === "fulfilled") throw new Error("it succeeded");
  return result.reason as Error;
}

/** Returns the error of a target that must not start. */
export const refusalOf = (given: object, signal?: AbortSignal): Promise<Error> =>
  failureOf(startCommand(startOf(given), { url, transport: "sockjs" }, signal));

/** Lets a server listen on a free port until the end of the test. */
export async function listening(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** Listens for processes that connect and live on. The system closes the connection of a process with its end. */
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
    /** Returns a command that connects and runs until it is killed. A stubborn one ignores SIGTERM. */
    caller: ({ stubborn = false } = {}) =>
      node(
        `${stubborn ? 'process.on("SIGTERM", () => undefined);' : ""}require("net").connect(${port}, "127.0.0.1")`,
      ),
    /** Resolves when the next process connects. */
    nextRing: () => once(server, "connection"),
    callers: () => rung.length,
    /** Resolves true when every process is gone, false after 5 s. */
    allGone: async () => (await withTimeout(5_000, Promise.all(rung))) !== undefined,
  };
}

/** Resolves true where a server listens at the address. */
export async function answers({ hostname, port }: URL): Promise<boolean> {
  const socket = connect(Number(port), hostname);
  const [isThere] = await Promise.allSettled([once(socket, "connect")]);
  socket.destroy();
  return isThere.status === "fulfilled";
}
