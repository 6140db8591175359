/**
 * Thread that reads Linux's tables of TCP connections. One read takes 10 ms after 8,000 connections, because the system
 * remembers a closed one for a minute.
 *
 * @typedef {import("./connection-table.ts").End} End
 * @typedef {import("./connection-table.ts").Entry} Entry
 */
import { closeSync, openSync, readSync } from "node:fs";
import { parentPort } from "node:worker_threads";

const tables = ["/proc/net/tcp", "/proc/net/tcp6"];

/** Kept for all reads, and doubled when a table does not fit. */
let buffer = Buffer.allocUnsafe(1 << 16);

parentPort?.on("message", (/** @type {readonly End[]} */ ends) => {
  const texts = tables.flatMap(textOf);
  parentPort?.postMessage(texts.length === 0 ? undefined : ends.map((end) => find(end, texts)));
});

/** @type {(end: End, texts: readonly string[]) => Entry | undefined} */
function find({ localPort, remotePort }, texts) {
  const line = new RegExp(
    `:${hex(localPort)} \\w+:${hex(remotePort)} (\\w\\w) \\S+ \\S+ \\S+ +\\d+ +\\d+ (\\d+) `,
  );
  for (const text of texts) {
    const [, state, inode] = line.exec(text) ?? [];
    if (state !== undefined) return { state, isHeld: inode !== "0" };
  }
  return undefined;
}

/** @type {(table: string) => string[]} */
function textOf(table) {
  try {
    const file = openSync(table, "r");
    let length = 0;
    for (let read = -1; read !== 0; length += read) {
      if (length === buffer.length) buffer = Buffer.concat([buffer, buffer]);
      // The system returns 4 KiB at most.
      read = readSync(file, buffer, length, buffer.length - length, null);
    }
    closeSync(file);
    return [buffer.toString("latin1", 0, length)];
  } catch {
    return [];
  }
}

/** @type {(port: number) => string} */
const hex = (port) => port.toString(16).toUpperCase().padStart(4, "0");
