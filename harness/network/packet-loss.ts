import { execFile, spawn, spawnSync, type ChildProcessWithoutNullStreams as Nft } from "node:child_process";
import { once } from "node:events";
import { isIPv6 } from "node:net";
import { promisify } from "node:util";
import { z } from "zod";
import type { Connection } from "./connections.ts";
import { withTimeout } from "../util/with-timeout.ts";

/**
 * Loss of all packets of some TCP connections in this machine's kernel: no bytes, acknowledgements or ends get through, in
 * either direction. The rules have their own table. The kernel removes it with the process that made it ("flags owner"), and
 * that process ends with its standard input. So nothing is left after the harness ends.
 */
export interface PacketLoss {
  /** Returns the kernel's count of dropped packets. */
  readonly dropped: () => Promise<number>;
  /** Removes the rules. */
  readonly stop: () => Promise<void>;
}

/** Time limit for each command of nft, in milliseconds. */
const limitMs = 5_000;

let tables = 0;

/** Returns the reason why this machine can't lose packets; undefined if it can. */
export function whyNoPacketLoss(): string | undefined {
  if (process.platform !== "linux") return "real packet loss needs Linux";
  const rules = rulesFor(newName(), [
    { localAddress: "127.0.0.1", localPort: 1, remoteAddress: "127.0.0.1", remotePort: 1 },
  ]);
  const { error, status, stderr } = spawnSync("nft", ["--check", "--file", "-"], {
    input: rules,
    encoding: "utf8",
    timeout: limitMs,
  });
  if (error !== undefined && "code" in error && error.code === "ENOENT")
    return "real packet loss needs nft, of the package nftables";
  if (status === 0) return undefined;
  return `real packet loss needs root and Linux 5.12: nft says "${(error?.message ?? stderr).split("\n")[0] ?? ""}"`;
}

/**
 * Drops the packets of these connections.
 * @throws Error if the system refuses; `whyNoPacketLoss` tells that beforehand
 */
export async function losePackets(connections: readonly Connection[]): Promise<PacketLoss> {
  const name = newName();
  // Detached: Ctrl-C in a terminal reaches the harness alone.
  const nft = spawn("nft", ["--interactive"], { detached: true, stdio: ["pipe", "pipe", "pipe"] });
  const ended = new Promise<void>((resolve) => {
    nft.once("close", () => resolve()).once("error", () => resolve());
  });
  nft.stdin.on("error", () => undefined);
  nft.stdin.write(`${rulesFor(name, connections).replaceAll("\n", " ")}\nlist table inet ${name}\n`);
  const stop = async () => {
    nft.stdin.end();
    if (
      (await withTimeout(
        limitMs,
        ended.then(() => true),
      )) === undefined
    )
      nft.kill("SIGKILL");
    await ended;
  };
  const refused = await untilInForce(nft, name);
  if (refused !== undefined) {
    await stop();
    throw new Error(`nft did not take the rules: ${refused}`);
  }
  return { dropped: () => droppedIn(name), stop };
}

/** Waits until the kernel lists the table with its rules. Resolves with an error text if it does not. */
async function untilInForce({ stdout, stderr }: Nft, name: string): Promise<string | undefined> {
  const listed = new Promise<string>((resolve) => {
    let listing = "";
    stdout.on("data", (text: Buffer) => {
      listing += String(text);
      if (listing.includes(name) && listing.trimEnd().endsWith("\n}")) resolve("");
    });
  });
  const complained = once(stderr, "data").then((text: unknown[]) => String(text[0]).trim());
  const ended = once(stdout, "close").then(() => "it ended");
  const answer = await withTimeout(limitMs, Promise.race([listed, complained, ended]));
  return answer === "" ? undefined : (answer ?? `no answer within ${limitMs} ms`);
}

const counters = z.object({
  nftables: z.array(z.object({ counter: z.object({ packets: z.number() }).optional() })),
});

async function droppedIn(name: string): Promise<number> {
  const { stdout } = await promisify(execFile)("nft", ["--json", "list", "counters", "table", "inet", name], {
    timeout: limitMs,
  });
  return counters
    .parse(JSON.parse(stdout))
    .nftables.reduce((sum, { counter }) => sum + (counter?.packets ?? 0), 0);
}

const newName = (): string => `hangup_${process.pid}_${(tables += 1)}`;

/** Returns the rules. Each direction has one hook that all packets pass, wherever the target is. */
function rulesFor(name: string, connections: readonly Connection[]): string {
  const out = connections.map((c) => packets(c.localAddress, c.localPort, c.remoteAddress, c.remotePort));
  const back = connections.map((c) => packets(c.remoteAddress, c.remotePort, c.localAddress, c.localPort));
  const drop = (which: string) => `${which} counter name dropped drop;`;
  return `table inet ${name} {
flags owner;
counter dropped { };
chain out { type filter hook output priority 0; ${out.map(drop).join(" ")} };
chain back { type filter hook input priority 0; ${back.map(drop).join(" ")} };
};
`;
}

function packets(from: string, fromPort: number, to: string, toPort: number): string {
  const ip = isIPv6(from) ? "ip6" : "ip";
  return `${ip} saddr ${from} ${ip} daddr ${to} tcp sport ${fromPort} tcp dport ${toPort}`;
}
