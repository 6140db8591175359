import { execFile, fork } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { secrets } from "../secrets/secrets.ts";
import type { Driver, Emit } from "./driver.ts";
import type { ClientCommand, ClientEvent } from "./protocol.ts";

const program = fileURLToPath(new URL("child-client.js", import.meta.url));

/** Children that live. A stopped one can't notice that the harness is gone; it is killed as the last thing. */
const living = new Set<number>();
process.once("exit", () => {
  for (const pid of living) process.kill(pid, "SIGKILL");
});

/**
 * How to start a child that the system kills when the harness is killed. `exit` above is not reached then, and a child
 * that is stopped can't end by itself. setpriv becomes the child, so that its process id and channel stay the same.
 */
const dieWithParent = ["--pdeathsig", "KILL"] as const;
let setprivWorks: Promise<boolean> | undefined;

/** Whether this system has a setpriv that knows what is asked of it here; those of small systems do not. */
export function canDieWithParent(): Promise<boolean> {
  return (setprivWorks ??= new Promise((resolve) => {
    if (process.platform !== "linux") return resolve(false);
    execFile("setpriv", [...dieWithParent, "true"], { timeout: 5_000 }, (error) => resolve(error === null));
  }));
}

/**
 * A client in a child process, which a fault can kill or stop.
 * @throws Error when the system gives no process
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
  // What ends it by mistake may quote the address or the headers that it was given.
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
