import type { Socket } from "node:net";
import { entriesOf, type End } from "./connection-table.ts";

/** A TCP connection of this machine, as seen from its own end. */
export interface Connection {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
}

/** Returns a socket's connection; undefined before it is connected, and after it is closed. */
export function connectionOf(socket: Socket): Connection | undefined {
  const { localAddress, localPort, remoteAddress, remotePort } = socket;
  return localAddress === undefined ||
    localPort === undefined ||
    remoteAddress === undefined ||
    remotePort === undefined
    ? undefined
    : { localAddress, localPort, remoteAddress, remotePort };
}

/**
 * Returns the connections that the system still knows, by a read that begins after this call. After a FIN it remembers its end
 * for a while (FIN_WAIT, TIME_WAIT), after an RST it does not. Only ports are compared, so the result may have one connection too
 * many, never one too few.
 * @returns undefined if the system does not tell
 */
export async function knownToSystem(
  connections: readonly Connection[],
): Promise<readonly Connection[] | undefined> {
  const entries = await entriesOf(connections);
  return entries && connections.filter((_connection, place) => entries[place] !== undefined);
}

/**
 * Returns the half-open connections, by a read that begins after this call: their own end has sent its FIN and a process still
 * reads from it, and the other end has received the FIN and not ended. On this machine the other end's state tells that at once
 * (CLOSE_WAIT). Elsewhere the own state tells it after the FIN was acknowledged (FIN_WAIT2).
 * @returns undefined if the system does not tell
 */
export async function halfOpen(
  connections: readonly Connection[],
): Promise<readonly Connection[] | undefined> {
  const entries = await entriesOf([...connections, ...connections.map(otherEnd)]);
  return (
    entries &&
    connections.filter((_connection, place) => {
      const own = entries[place];
      const other = entries[connections.length + place];
      if (own?.isHeld !== true) return false;
      return own.state === finWait2 || (own.state === finWait1 && other?.state === closeWait);
    })
  );
}

/** Linux's numbers of the states. */
const [finWait1, finWait2, closeWait] = ["04", "05", "08"];

const otherEnd = ({ localPort, remotePort }: Connection): End => ({
  localPort: remotePort,
  remotePort: localPort,
});
