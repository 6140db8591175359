import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { StompClient, identify, join } from "./testing/stomp-client.ts";

export interface ServerFigures {
  readonly sessions: number;
  /** Server memory per open, identified session: live objects, and resident pages of the process. */
  readonly usedBytesPerSession: number;
  readonly residentBytesPerSession: number;
  /** Time from a client's close to another client's notice. */
  readonly closeToNotice: { readonly p50Ms: number; readonly p99Ms: number; readonly maxMs: number };
}

interface Memory {
  readonly rss: number;
  readonly used: number;
}

/** Measures a server in its own process over native WebSocket. Takes some seconds. */
export async function benchServer(sessions = 2000, closes = 300): Promise<ServerFigures> {
  const script = fileURLToPath(new URL("testing/measured-child.ts", import.meta.url));
  const child = fork(script, { execArgv: ["--expose-gc", "--import", "tsx"] });
  try {
    const [url] = (await once(child, "message")) as [string];
    const latencies = await measureCloses(url, closes);
    const before = await memoryOf(child);
    const clients = await openSessions(url, sessions);
    const after = await memoryOf(child);
    for (const client of clients) client.socket.terminate();
    return {
      sessions,
      usedBytesPerSession: (after.used - before.used) / sessions,
      residentBytesPerSession: (after.rss - before.rss) / sessions,
      closeToNotice: { p50Ms: at(latencies, 0.5), p99Ms: at(latencies, 0.99), maxMs: at(latencies, 1) },
    };
  } finally {
    child.kill();
  }
}

/** Returns the latencies in milliseconds, in ascending order. */
async function measureCloses(url: string, closes: number): Promise<number[]> {
  const observer = await join(url, null);
  const latencies: number[] = [];
  for (let round = 0; round < closes; round++) {
    const leaver = await join(url, `leaver ${round}`);
    const noticed = noticeOf(observer, `leaver ${round}`);
    const closedAtMs = performance.now();
    leaver.socket.close();
    latencies.push((await noticed) - closedAtMs);
  }
  return latencies.sort((one, other) => one - other);
}

/** Resolves to the time at which the observer receives the leave of `name`. */
function noticeOf({ socket }: StompClient, name: string): Promise<number> {
  return new Promise((resolve) => {
    const look = (data: Buffer) => {
      if (!data.includes('"event":"leave"') || !data.includes(`"${name}"`)) return;
      socket.off("message", look);
      resolve(performance.now());
    };
    socket.on("message", look);
  });
}

async function openSessions(url: string, sessions: number): Promise<StompClient[]> {
  const clients: StompClient[] = [];
  for (let opened = 0; opened < sessions; opened++) {
    const client = await StompClient.open(url);
    await client.connect();
    await identify(client, `session ${opened}`);
    clients.push(client);
  }
  return clients;
}

async function memoryOf(child: ChildProcess): Promise<Memory> {
  child.send("memory");
  const [memory] = (await once(child, "message")) as [Memory];
  return memory;
}

function at(ordered: readonly number[], quantile: number): number {
  return ordered[Math.min(Math.floor(ordered.length * quantile), ordered.length - 1)] ?? NaN;
}
