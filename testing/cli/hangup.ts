import { spawn, type ChildProcess } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { RunRecord } from "../../harness/judge/record.ts";
import { parseRecord } from "../../reports/files/record-file.ts";

/** The command line's program. */
export const bin = fileURLToPath(new URL("../../cli/bin.js", import.meta.url));

/** Exit code and output of a process. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command line as a user would, and kills it after the test. */
export function start(args: readonly string[], cwd = tmpdir(), env = process.env): ChildProcess {
  const child = spawn(process.execPath, [bin, ...args], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

/** Collects the output of a process until it ends. */
export async function ended(child: ChildProcess): Promise<CommandResult> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (text: Buffer) => (stdout += String(text)));
  child.stderr?.on("data", (text: Buffer) => (stderr += String(text)));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

export const hangup = (
  args: readonly string[],
  cwd?: string,
  env?: NodeJS.ProcessEnv,
): Promise<CommandResult> => ended(start(args, cwd, env));

/** Starts the reference server by the command line. */
export async function serve(...args: readonly string[]): Promise<{ url: string; server: ChildProcess }> {
  const server = start(["serve", "--port", "0", "--quiet", ...args]);
  if (server.stdout === null) throw new Error("the server has no standard output");
  const [line] = (await once(createInterface({ input: server.stdout }), "line")) as [string];
  const ready = JSON.parse(line) as { ready: boolean; url: string };
  return { url: ready.url, server };
}

/** Makes a temporary folder, and removes it after the test. */
export async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "hangup-test-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

export async function recordIn(out: string): Promise<RunRecord> {
  const file = join(out, "report.json");
  return parseRecord(await readFile(file, "utf8"), file);
}

/** Returns a free port below 32768, since the system assigns the others by itself. */
export async function portOfNobody(): Promise<number> {
  const port = 15_000 + randomInt(15_000);
  const server = createServer().listen(port, "127.0.0.1");
  const isFree = await once(server, "listening").then(
    () => true,
    () => false,
  );
  if (!isFree) return portOfNobody();
  server.close();
  await once(server, "close");
  return port;
}
