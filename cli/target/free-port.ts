import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { succeeds } from "./process-group.ts";

const portsFrom = 20_000;
const portsTo = 32_000;
const portTries = 100;

/** Ports that a target has got. A target that is slow to listen must not be mistaken for another one. */
const taken = new Set<number>();

/**
 * Returns a free port that no target has got before. It is below the ports that systems assign by themselves (Linux from
 * 32768 on, others from 49152), so no other process takes it while the target is down between two starts.
 */
export async function freshPort(): Promise<number> {
  for (let tries = 0; tries < portTries; tries += 1) {
    const wanted = randomInt(portsFrom, portsTo);
    if (taken.has(wanted) || !(await isFree(wanted))) continue;
    taken.add(wanted);
    return wanted;
  }
  throw new Error(
    `no free port: all of ${portTries} tried ports between ${portsFrom} and ${portsTo} are in use`,
  );
}

/** Returns true if a server can listen on the port. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  if (!(await succeeds(once(server, "listening")))) return false;
  server.close();
  await once(server, "close");
  return true;
}
