import { readFileSync } from "node:fs";
import type { Socket } from "node:net";

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

/** Linux's tables of TCP connections. */
const tables = ["/proc/net/tcp", "/proc/net/tcp6"];

/**
 * Returns the connections that the system still knows. After a FIN it remembers its end for a while (FIN_WAIT, TIME_WAIT),
 * after an RST it does not. Only ports are compared, so the result may have one connection too many, never one too few.
 * @returns undefined if the system does not tell
 */
export function knownToSystem(connections: readonly Connection[]): readonly Connection[] | undefined {
  const entries = readTables();
  return (
    entries && connections.filter(({ localPort, remotePort }) => entries.has(key(localPort, remotePort)))
  );
}

/**
 * Returns the half-open connections: their own end has sent its FIN and a process still reads from it, and the other end has
 * received the FIN and not ended. On this machine the other end's state tells that at once (CLOSE_WAIT). Elsewhere the own
 * state tells it after the FIN was acknowledged (FIN_WAIT2).
 * @returns undefined if the system does not tell
 */
export function halfOpen(connections: readonly Connection[]): readonly Connection[] | undefined {
  const entries = readTables();
  return (
    entries &&
    connections.filter(({ localPort, remotePort }) => {
      const own = entries.get(key(localPort, remotePort));
      const other = entries.get(key(remotePort, localPort));
      if (own?.isHeld !== true) return false;
      return own.state === finWait2 || (own.state === finWait1 && other?.state === closeWait);
    })
  );
}

/** Linux's numbers of the states. */
const [finWait1, finWait2, closeWait] = ["04", "05", "08"];

interface Entry {
  readonly state: string;
  /** True if a process holds the socket. The rest of a closed socket has no inode. */
  readonly isHeld: boolean;
}

const entryPattern = /: \w+:(\w{4}) \w+:(\w{4}) (\w\w) \S+ \S+ \S+ +\d+ +\d+ (\d+) /g;

/** Returns the system's connections by their ports; undefined if the system does not tell. */
function readTables(): ReadonlyMap<string, Entry> | undefined {
  const texts = tables.flatMap(textOf);
  if (texts.length === 0) return undefined;
  const entries = [...texts.join("").matchAll(entryPattern)];
  return new Map(
    entries.map(([, local = "", remote = "", state = "", inode]) => [
      `${local} ${remote}`,
      { state, isHeld: inode !== "0" },
    ]),
  );
}

const key = (localPort: number, remotePort: number): string => `${hex(localPort)} ${hex(remotePort)}`;

function textOf(table: string): string[] {
  try {
    return [readFileSync(table, "latin1")];
  } catch {
    return [];
  }
}

const hex = (port: number): string => port.toString(16).toUpperCase().padStart(4, "0");
