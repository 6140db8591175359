import { execFile, fork } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { secrets } from "../secrets/secrets.ts";
import type { Driver, Emit } from "./driver.ts";
import type { ClientCommand, ClientEvent } from "./protocol.ts";

const program = fileURLToPath(new URL("child-client.js", import.meta.url));

/** Process ids of living children. They are killed at the harness's exit, because a stopped child can't notice it. */
const living = new Set<number>();
process.once("exit", () => {
  for (const pid of living) process.kill(pid, "SIGKILL");
});

/**
 * Options of setpriv for a child that the system kills with the harness. A killed harness does not reach `exit` above, and a
 * stopped child can't end by itself. setpriv becomes the child, so the process id and channel stay the same.
 */
const dieWithParent = ["--pdeathsig", "KILL"] as const;
let setprivWorks: Promise<boolean> | undefined;

/** Resolves true if this system has a setpriv with these options. Small systems have one without them. */
export function canDieWithParent(): Promise<boolean> {
  return (setprivWorks ??= new Promise((resolve) => {
    if (process.platform !== "linux") return resolve(false);
    execFile("setpriv", [...dieWithParent, "true"], { timeout: 5_000 }, (error) => resolve(error === null));
  }));
}

/**
 * Starts a client in a child process, so that a fault can kill or stop it.
 * @throws Error if the system gives no process
 */
export async function startProcessClient(proxyPort: number, emit: Emit): Promise<Driver> {
  // Detached: Ctrl-C in a terminal reaches the harness alone, which then ends its children in order.
  const child = fork(program, [String(proxyPort)], {
    detached: true,
    ...((await canDieWithParent())
      ? { execPath: "setpriv", execArgv: [...dieWithParent, process.execPath] }
      : { execArgv: [] }),
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  // An error message may quote the address or the headers, which may hold secrets.
  if (child.stderr !== null)
    createInterface({ input: child.stderr }).on("line", (line) => {
      process.stderr.write(`${secrets.mask(line)}\n`);
    });
  child.on("message", (event) => emit(event as ClientEvent));
  const ended = new Promise<string | null>((resolve) =>
    child.once("exit", (_code, signal) => resolve(signal)),
  );
  await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
  const { pid } = child;
  if (pid === undefined) throw new Error("the child process has no id");
  living.add(pid);
  void ended.then(() => living.delete(pid));
  return {
    process: { pid, ended },
    do: (command: ClientCommand) =>
      new Promise((resolve, reject) => {
        child.send(command, (error) => (error === null ? resolve() : reject(error)));
      }),
    dispose: async () => {
      if (living.has(pid)) child.kill("SIGKILL");
      await ended;
    },
  };
}
