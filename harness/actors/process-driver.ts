import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Driver, Emit } from "./driver.ts";
import type { ClientCommand, ClientEvent } from "./protocol.ts";

const program = fileURLToPath(new URL("child-client.js", import.meta.url));

/** A client in a child process, which a fault can kill or stop. */
export async function startProcessClient(proxyPort: number, emit: Emit): Promise<Driver> {
  // Detached: Ctrl-C in a terminal reaches the harness alone, which then ends its children in order.
  const child = fork(program, [String(proxyPort)], {
    detached: true,
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  child.on("message", (event) => emit(event as ClientEvent));
  const ended = once(child, "exit").then(([, signal]) => signal as string | null);
  await once(child, "spawn");
  const { pid } = child;
  if (pid === undefined) throw new Error("the child process has no id; is the machine out of processes?");
  return {
    process: { pid, ended },
    do: (command: ClientCommand) =>
      new Promise((resolve, reject) => {
        child.send(command, (error) => (error === null ? resolve() : reject(error)));
      }),
    dispose: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
      await ended;
    },
  };
}
