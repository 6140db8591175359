import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { parseProfile } from "../harness/profile/profile.ts";
import { addressOf } from "../harness/network/address.ts";
import type { Detection } from "../harness/judge/record.ts";
import { runCases } from "../harness/run/runner.ts";
import { caseOf, type Case } from "../harness/scenario/scenario.ts";
import { scenarioOf } from "../scenarios/index.ts";
import { findTarget } from "../cli/target/target.ts";

/** How often a client leaves. Each is heard by two. */
const repetitions = 201;

/** What the harness says of its own timing, beside what the network says. */
export interface TimingBench {
  readonly compared: number;
  /** The same for the first case, whose code is not yet compiled: the larger of two, in milliseconds. */
  readonly firstMs: number;
  /** Between the harness's detection latency and the same taken from the packets, in milliseconds. */
  readonly difference: Spread;
  /** What this machine takes for an echo over the loopback, with nothing else to do. Below that nobody can measure. */
  readonly bareEcho: Spread;
}

/** Milliseconds. */
interface Spread {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** One TCP segment with something in it. */
interface Packet {
  readonly atMs: number;
  readonly toTarget: boolean;
  readonly fin: boolean;
  readonly text: string;
}

/**
 * Ends connections by FIN, one after the other, and compares how long the others took to hear of it: by the harness, and
 * by a capture of the packets on the loopback, from the FIN to the MESSAGE that tells of the leave.
 * @returns why nothing can be compared, where tshark is missing or may not capture
 */
export async function benchTiming(): Promise<TimingBench | string> {
  const target = await findTarget({});
  const { port } = addressOf(target.url);
  const capture = await startCapture(port);
  if (typeof capture === "string") {
    await target.stop();
    return capture;
  }
  try {
    const { finished } = await runCases({
      // A short deadline makes short waits.
      profile: parseProfile({ deadlines: { endedMs: 80 } }, "the bench's profile"),
      cases: Array.from({ length: repetitions }, (_, n): Case => ({
        ...caseOf(scenarioOf("leave/fin")),
        id: String(n),
      })),
      target: target.url,
      workers: 1,
      browser: undefined,
      noBrowser: "no browser is needed",
      pageFiles: {},
      runToken: "bench",
      signal: new AbortController().signal,
    });
    const packets = await capture.stop();
    const [first = [], ...rest] = finished.map(({ record, attempts }) => {
      const alice = attempts.flatMap(({ events }) =>
        events.flatMap((e) => (e.kind === "identify-sent" && e.actor === "alice" ? [e.client] : [])),
      );
      return alice.length === 1 ? compare(record.detections, latenciesIn(packets, alice[0] ?? "")) : [];
    });
    const differences = rest.flat();
    return {
      compared: differences.length,
      firstMs: Math.max(...first),
      difference: spreadOf(differences),
      bareEcho: spreadOf(await bareEchoes()),
    };
  } finally {
    await capture.end();
    await target.stop();
  }
}

/** Both in rising order: the capture does not know which connection is whose. */
function compare(detections: readonly Detection[], captured: readonly number[]): number[] {
  const measured = detections.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
  if (measured.length !== captured.length) return [];
  return measured.map((latencyMs, place) => Math.abs(latencyMs - (captured[place] ?? Infinity)));
}

/** From the last FIN before it, to each MESSAGE that tells of the leave. Nothing else ends meanwhile. */
function latenciesIn(packets: readonly Packet[], client: string): number[] {
  const tells = ({ toTarget, text }: Packet) => !toTarget && text.includes(client) && text.includes("leave");
  const first = packets.findIndex(tells);
  const end = packets.slice(0, first).findLast(({ fin: ends, toTarget }) => ends && toTarget);
  return end === undefined
    ? []
    : packets
        .filter(tells)
        .map(({ atMs }) => atMs - end.atMs)
        .sort((a, b) => a - b);
}

/** How long the echoes of single bytes take, as many as there are latencies. */
async function bareEchoes(): Promise<number[]> {
  const server = createServer((socket) => socket.pipe(socket)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  const echoes: number[] = [];
  for (let n = 0; n < 2 * (repetitions - 1); n += 1) {
    // As between two cases, so that the machine may do something else.
    await setTimeout(20);
    const sentMs = performance.now();
    socket.write("x");
    await once(socket, "data");
    echoes.push(performance.now() - sentMs);
  }
  socket.destroy();
  server.close();
  return echoes;
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) };
}

interface Capture {
  /** Ends it, and gives all that it saw. */
  readonly stop: () => Promise<Packet[]>;
  /** Ends it, if it has not ended, and removes what it wrote. */
  readonly end: () => Promise<void>;
}

const fields = ["frame.time_epoch", "tcp.dstport", "tcp.flags.fin", "tcp.payload"];

/** Captures into a file, which is read afterwards: reading it meanwhile would hold up what is measured. */
async function startCapture(port: number): Promise<Capture | string> {
  const folder = await mkdtemp(join(tmpdir(), "hangup-bench-"));
  const file = join(folder, "capture");
  const tshark = spawn("tshark", ["-i", "lo", "-f", `tcp port ${port}`, "-w", file], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise<void>((resolve) => tshark.once("close", () => resolve()));
  const end = async () => {
    tshark.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  };
  const started = await Promise.race([saysThatItCaptures(tshark), ended.then(() => false)]);
  if (!started) {
    await end();
    return "not measured: it takes tshark, and the right to capture";
  }
  return {
    stop: async () => {
      tshark.kill("SIGINT");
      await ended;
      const args = [
        "-r",
        file,
        "-T",
        "fields",
        "-E",
        "separator=|",
        ...fields.flatMap((field) => ["-e", field]),
      ];
      const { stdout } = await promisify(execFile)("tshark", args, { maxBuffer: 2 ** 28 });
      return stdout.split("\n").map((line) => packetIn(line, port));
    },
    end,
  };
}

/** Resolves false when there is no tshark. It tells on standard error once it captures. */
async function saysThatItCaptures(tshark: ChildProcess): Promise<boolean> {
  if (tshark.stderr === null) return false;
  const told = createInterface({ input: tshark.stderr });
  const missing = once(tshark, "error").then(() => false);
  const captures = (async () => {
    for await (const line of told) if (line.includes("Capturing on")) return true;
    return false;
  })();
  return Promise.race([captures, missing]);
}

function packetIn(line: string, port: number): Packet {
  const [seconds = "", destination = "", fin = "", payload = ""] = line.split("|");
  return {
    atMs: Number(seconds) * 1000,
    toTarget: Number(destination) === port,
    fin: fin === "1" || fin === "True",
    text: Buffer.from(payload, "hex").toString("latin1"),
  };
}
