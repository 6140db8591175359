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
  const entries = readTables();
  return (
    entries && connections.filter(({ localPort, remotePort }) => entries.has(key(localPort, remotePort)))
  );
}

/**
 * Which of the connections are half open at this very moment: their own end has sent its FIN, the other end's system has
 * it and the other end has not ended, and a process still holds the own end to read from it. Where the other end is on
 * this machine its state tells at once (CLOSE_WAIT); elsewhere our own does, once the FIN was acknowledged (FIN_WAIT2).
 * @returns undefined where the system does not tell
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

/** As Linux numbers them. */
const [finWait1, finWait2, closeWait] = ["04", "05", "08"];

interface Entry {
  readonly state: string;
  /** Whether any process has it; what lives on behind a closed socket has no inode. */
  readonly isHeld: boolean;
}

const entryPattern = /: \w+:(\w{4}) \w+:(\w{4}) (\w\w) \S+ \S+ \S+ +\d+ +\d+ (\d+) /g;

/** The ends of connections that the system knows, by their ports; undefined where it does not tell. */
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
