import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { fill } from "../../harness/profile/template.ts";
import { withTimeout } from "../../harness/util/with-timeout.ts";

/** How long the system may take to carry a SIGKILL out. */
const forceLimitMs = 3_000;
/** Between two looks whether anybody of the group is still there, of which no event tells. */
const pauseMs = 50;
/** How much of what the command writes is kept, and how long the last of it may take to arrive. */
const keptBytes = 4_096;
const drainLimitMs = 500;

type Surroundings = Pick<SpawnOptions, "cwd" | "env">;

/** Reads until its standard input ends, which is when hangup does. */
const guardScript = 'read -r _; kill -s KILL -- "-$1"; eval "$2"';

/** The processes that a shell command brings about, as far as they stay in the group that it begins. */
export class ProcessGroup {
  readonly #shell: ChildProcess;
  readonly #closed: Promise<void>;
  #guard: ChildProcess | undefined;
  #isGone = false;
  #written = Buffer.alloc(0);
  #isCut = false;

  private constructor(shell: ChildProcess) {
    this.#shell = shell;
    this.#closed = new Promise((resolve) => shell.once("close", () => resolve()));
    // Once nobody of the group is left, its id may become somebody else's.
    shell.once("exit", () => void this.isGone());
    shell.stdout?.on("data", (piece: Buffer) => this.#keep(piece));
  }

  /**
   * @param lastly a command that is run when the group is ended because hangup did; {pid} in it is the group's id
   * @throws Error when the system gives no process
   */
  static async start(command: string, surroundings: Surroundings, lastly = ""): Promise<ProcessGroup> {
    // Detached: Ctrl-C in a terminal reaches hangup alone, which then ends what it started in order.
    const options = { ...surroundings, detached: true };
    // One pipe for both outputs keeps what is written in its order.
    const shell = spawn(`exec 2>&1\n${command}`, {
      ...options,
      shell: true,
      stdio: ["ignore", "pipe", "ignore"],
    });
    const group = new ProcessGroup(shell);
    await once(group.#shell, "spawn");
    const args = [
      "-c",
      guardScript,
      "hangup-guard",
      String(group.id),
      fill(lastly, { pid: String(group.id) }),
    ];
    const guard = spawn("/bin/sh", args, { ...options, stdio: ["pipe", "ignore", "ignore"] });
    group.#guard = guard;
    try {
      await once(guard, "spawn");
    } catch (error) {
      await group.force();
      throw error;
    }
    return group;
  }

  /** The id of the group, and of the shell that began it. */
  get id(): number {
    return this.#shell.pid ?? NaN;
  }

  /** How the shell ended; undefined while it runs. */
  get end(): string | undefined {
    const { exitCode, signalCode } = this.#shell;
    if (signalCode !== null) return `signal ${signalCode}`;
    return exitCode === null ? undefined : `exit code ${exitCode}`;
  }

  signal(name: NodeJS.Signals): void {
    if (this.#isGone) return;
    try {
      process.kill(-this.id, name);
    } catch {
      // Whoever asks for this looks whether the group is gone.
    }
  }

  async isGone(): Promise<boolean> {
    if (!this.#isGone && !(await livesOn(this.id))) {
      this.#isGone = true;
      this.#guard?.kill("SIGKILL");
    }
    return this.#isGone;
  }

  /** Resolves when the command's own process has ended; others of the group may live. */
  async ended(signal: AbortSignal): Promise<void> {
    if (this.end === undefined) await once(this.#shell, "exit", { signal });
  }

  /** Resolves when nobody of the group is left; rejects when the signal comes first. */
  async gone(signal: AbortSignal): Promise<void> {
    await this.ended(signal);
    // Nobody is told of the end of processes that are not one's own children.
    while (!(await this.isGone())) await setTimeout(pauseMs, undefined, { signal });
  }

  goneWithin(limitMs: number): Promise<boolean> {
    return succeeds(this.gone(AbortSignal.timeout(limitMs)));
  }

  /** @throws Error when they live on */
  async force(): Promise<void> {
    this.signal("SIGKILL");
    if (!(await this.goneWithin(forceLimitMs))) {
      throw new Error(
        `process group ${this.id} outlived SIGKILL by ${forceLimitMs / 1000} s; end it by hand`,
      );
    }
  }

  /** The last that it wrote, when it has ended, as the end of a message. */
  async lastLines(): Promise<string> {
    await withTimeout(drainLimitMs, this.#closed);
    const text = stripVTControlCharacters(this.#written.toString()).replace(/[^\P{Cc}\n\t]/gu, "");
    const lines = text.split("\n").slice(this.#isCut ? 1 : 0);
    const told = lines.filter((line) => line.trim() !== "").map((line) => `\n  ${line}`);
    return told.length === 0 ? "\nIt wrote nothing." : `\nThe last that it wrote:${told.join("")}`;
  }

  #keep(piece: Buffer): void {
    const all = Buffer.concat([this.#written, piece]);
    this.#isCut ||= all.length > keptBytes;
    this.#written = all.subarray(-keptBytes);
  }
}

async function livesOn(group: number): Promise<boolean> {
  try {
    process.kill(-group, 0);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
  }
  if (process.platform !== "linux") return true;
  // Where nobody reaps orphans, in a container without an init, they have ended and still are in the group.
  const names = await readdir("/proc").catch(() => undefined);
  if (names === undefined) return true;
  const ids = names.filter((name) => /^\d+$/.test(name));
  const lives = ids.map(async (id) => {
    const stat = await readFile(`/proc/${id}/stat`, "utf8").catch(() => "");
    // The name in parentheses may hold anything, parentheses too.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state = "", , of, threads] = [...fields.slice(0, 3), fields[17]];
    // The first thread may have ended while others still hold the sockets open.
    return Number(of) === group && (!["Z", "X"].includes(state) || Number(threads) > 1);
  });
  return (await Promise.all(lives)).includes(true);
}

/** Whether it resolves. */
export const succeeds = (promise: Promise<unknown>): Promise<boolean> =>
  promise.then(
    () => true,
    () => false,
  );
