import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { parseProfile } from "../../harness/profile/profile.ts";
import { addressOf } from "../../harness/network/address.ts";
import type { Detection } from "../../harness/judge/record.ts";
import { runCases } from "../../harness/run/runner.ts";
import { caseOf, type Case } from "../../harness/scenario/scenario.ts";
import { scenarioOf } from "../../scenarios/index.ts";
import { findTarget } from "../../cli/target/find-target.ts";

/** Comparison of the harness's own timing with a network capture. */
export interface TimingBench {
  readonly compared: number;
  /** Larger difference for the first case, before its code is compiled, in milliseconds. */
  readonly firstMs: number;
  /** Difference between the harness's latency and the one from the packets, in milliseconds. */
  readonly difference: Spread;
  /** Time of an echo over the loopback on this machine without other load. No measurement can be more precise. */
  readonly bareEcho: Spread;
}

/** Percentiles in milliseconds. */
interface Spread {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** TCP segment with data. */
interface Packet {
  readonly atMs: number;
  readonly toTarget: boolean;
  readonly fin: boolean;
  readonly text: string;
}

/**
 * Ends connections by FIN, one after another, and measures the time until the others get the leave. Compares the
 * harness's measurement with a capture on the loopback, from the FIN to the MESSAGE.
 * @param leaves number of connections that end, at least 2. Several clients receive each leave
 * @param signal ends the measurement
 * @returns the reason why nothing can be compared, if tshark is missing or may not capture
 */
export async function benchTiming(leaves: number, signal: AbortSignal): Promise<TimingBench | string> {
  const target = await findTarget({});
  const { port } = addressOf(target.url);
  const capture = await startCapture(port);
  if (typeof capture === "string") {
    await target.stop();
    return capture;
  }
  try {
    const { finished } = await runCases({
      // A short deadline keeps the waits short. A topic that a function makes gives each case its own observers, so that nothing else ends
      // in the capture.
      profile: parseProfile({ deadlines: { endedMs: 80 }, topic: () => "/topic/" }, "the bench's profile"),
      cases: Array.from({ length: leaves }, (_, n): Case => ({
        ...caseOf(scenarioOf("leave/fin")),
        id: String(n),
      })),
      target: target.url,
      workers: 1,
      browser: undefined,
      noBrowser: "no browser is needed",
      pageFiles: {},
      runToken: "bench",
      signal,
    });
    signal.throwIfAborted();
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
      bareEcho: spreadOf(await bareEchoes(differences.length)),
    };
  } finally {
    await capture.end();
    await target.stop();
  }
}

/** Compares both in ascending order, because the capture does not know which connection is whose. */
function compare(detections: readonly Detection[], captured: readonly number[]): number[] {
  const measured = detections.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
  if (measured.length !== captured.length) return [];
  return measured.map((latencyMs, place) => Math.abs(latencyMs - (captured[place] ?? Infinity)));
}

/** Returns the time from the last FIN to each MESSAGE with a leave. Nothing else ends meanwhile. */
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

/** Measures echoes of single bytes, as many as there are latencies. */
async function bareEchoes(count: number): Promise<number[]> {
  const server = createServer((socket) => socket.pipe(socket)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  const echoes: number[] = [];
  for (let n = 0; n < count; n += 1) {
    // Leaves the machine a pause, as between two cases.
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
  /** Ends the capture and returns all packets. */
  readonly stop: () => Promise<Packet[]>;
  /** Ends the capture if it still runs, and removes its file. */
  readonly end: () => Promise<void>;
}

const fields = ["frame.time_epoch", "tcp.dstport", "tcp.flags.fin", "tcp.payload"];

/** Captures into a file that is read afterwards. Reading it meanwhile would disturb the measurement. */
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

/** Waits for tshark's message that it captures. Resolves false if tshark is missing. */
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
