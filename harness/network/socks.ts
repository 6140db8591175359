import { once } from "node:events";
import type { Socket } from "node:net";

/** Constants of RFC 1928 that one TCP connection of a browser needs. */
const version = 5;
const noAuthentication = 0;
const commandConnect = 1;
const addressTypes = { ipv4: 1, name: 3, ipv6: 4 } as const;
const replies = { succeeded: 0, notAllowed: 2 } as const;

/**
 * Answers the greeting of a SOCKS 5 client and reads its destination. `answerSocksRequest` answers that.
 * @throws Error if the client sends no SOCKS 5 CONNECT
 */
export async function readSocksRequest(
  client: Socket,
): Promise<{ readonly host: string; readonly port: number }> {
  const [greeted, methods = 0] = await read(client, 2);
  if (greeted !== version) throw new Error("not SOCKS 5");
  await read(client, methods);
  client.write(Buffer.from([version, noAuthentication]));
  const [, command, , type] = await read(client, 4);
  if (command !== commandConnect) throw new Error("not a CONNECT");
  const host = await readHost(client, type);
  return { host, port: (await read(client, 2)).readUInt16BE() };
}

/** Answers the client's request. The client's own bytes follow after a success. */
export function answerSocksRequest(client: Socket, allowed: boolean): void {
  const reply = allowed ? replies.succeeded : replies.notAllowed;
  client.write(Buffer.from([version, reply, 0, addressTypes.ipv4, 0, 0, 0, 0, 0, 0]));
}

async function readHost(client: Socket, type: number | undefined): Promise<string> {
  if (type === addressTypes.ipv4) return (await read(client, 4)).join(".");
  if (type === addressTypes.name) return String(await read(client, (await read(client, 1))[0] ?? 0));
  if (type !== addressTypes.ipv6) throw new Error("an unknown type of address");
  const bytes = await read(client, 16);
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  return new URL(`http://[${groups.join(":")}]`).hostname.slice(1, -1);
}

async function read(client: Socket, length: number): Promise<Buffer> {
  if (length === 0) return Buffer.alloc(0);
  for (;;) {
    const bytes = client.read(length) as Buffer | null;
    if (bytes?.length === length) return bytes;
    if (client.readableEnded || client.destroyed) throw new Error("ended in the middle of SOCKS");
    await Promise.race([once(client, "readable"), once(client, "end")]);
  }
}
