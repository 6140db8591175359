import { readFileSync } from "node:fs";
import type { Socket } from "node:net";

/** One TCP connection of this machine, as its own end sees it. */
export interface Connection {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
}

/** Undefined while the socket is not connected, and once it is closed. */
export function connectionOf(socket: Socket): Connection | undefined {
  const { localAddress, localPort, remoteAddress, remotePort } = socket;
  return localAddress === undefined ||
    localPort === undefined ||
    remoteAddress === undefined ||
    remotePort === undefined
    ? undefined
    : { localAddress, localPort, remoteAddress, remotePort };
}

/** Where Linux tells of its TCP connections. */
const tables = ["/proc/net/tcp", "/proc/net/tcp6"];

/**
 * Which of the connections the system still knows at this very moment: after a FIN it remembers its end for a while
 * (FIN_WAIT, TIME_WAIT), after an RST no more. Ports are compared and not addresses, so that one too many is found, never
 * one too few.
 * @returns undefined where the system does not tell
 */
export function knownToSystem(connections: readonly Connection[]): readonly Connection[] | undefined {
  const texts = tables.flatMap(textOf);
  if (texts.length === 0) return undefined;
  const entries = new Set<string>();
  for (const [, local, remote] of texts.join("").matchAll(/: \w+:(\w{4}) \w+:(\w{4}) /g)) {
    entries.add(`${local} ${remote}`);
  }
  return connections.filter(({ localPort, remotePort }) =>
    entries.has(`${hex(localPort)} ${hex(remotePort)}`),
  );
}

function textOf(table: string): string[] {
  try {
    return [readFileSync(table, "latin1")];
  } catch {
    return [];
  }
}

const hex = (port: number): string => port.toString(16).toUpperCase().padStart(4, "0");
