import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { constants } from "node:os";
import { setTimeout } from "node:timers/promises";
import { fill } from "../../harness/profile/template.ts";
import { withTimeout } from "../../harness/util/with-timeout.ts";
import type { TargetExit } from "../../harness/run/death/target-process.ts";
import { OutputTail } from "./output-tail.ts";

/** Time limit for the effect of SIGKILL. */
const forceLimitMs = 3_000;
/** Pause between two checks for remaining processes. The system has no event for an empty group. */
const pauseMs = 50;
/** Time limit for the last output of an ended process to arrive. */
const drainLimitMs = 500;

type SpawnContext = Pick<SpawnOptions, "cwd" | "env">;

/** Shell script that waits for the end of its standard input. hangup's end closes that input. */
const guardScript = 'read -r _; kill -s KILL -- "-$1"; eval "$2"';

/** Processes of a shell command, as long as they stay in its process group. */
export class ProcessGroup {
  readonly #shell: ChildProcess;
  readonly #closed: Promise<void>;
  #guard: ChildProcess | undefined;
  #isGone = false;
  readonly #output = new OutputTail();

  private constructor(shell: ChildProcess) {
    this.#shell = shell;
    this.#closed = new Promise((resolve) => shell.once("close", () => resolve()));
    // The system may reuse the group's id once the group is empty.
    shell.once("exit", () => void this.isGone());
    shell.stdout?.on("data", (piece: Buffer) => this.#output.add(piece));
  }

  /**
   * @param lastly command to run after hangup's end kills the group; {pid} is the group's id
   * @throws Error if the system can't create a process
   */
  static async start(command: string, surroundings: SpawnContext, lastly = ""): Promise<ProcessGroup> {
    // Detached: Ctrl-C in a terminal reaches only hangup. hangup then ends its processes in order.
    const options = { ...surroundings, detached: true };
    // One pipe for both outputs keeps their order.
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

  /** Id of the group and of its first shell. */
  get id(): number {
    return this.#shell.pid ?? NaN;
  }

  /** Exit of the shell; undefined while it runs. */
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
      // Callers check for remaining processes.
    }
  }

  async isGone(): Promise<boolean> {
    if (!this.#isGone && !(await livesOn(this.id))) {
      this.#isGone = true;
      this.#guard?.kill("SIGKILL");
    }
    return this.#isGone;
  }

  /** Resolves when the command's own process ends. Other processes of the group may continue. */
  async ended(signal: AbortSignal): Promise<void> {
    if (this.end === undefined) await once(this.#shell, "exit", { signal });
  }

  /** Resolves when the group is empty. Rejects if the signal aborts first. */
  async gone(signal: AbortSignal): Promise<void> {
    await this.ended(signal);
    // The system reports only the end of direct children.
    while (!(await this.isGone())) await setTimeout(pauseMs, undefined, { signal });
  }

  goneWithin(limitMs: number): Promise<boolean> {
    return succeeds(this.gone(AbortSignal.timeout(limitMs)));
  }

  /** @throws Error if processes remain */
  async force(): Promise<void> {
    this.signal("SIGKILL");
    if (!(await this.goneWithin(forceLimitMs))) {
      throw new Error(
        `process group ${this.id} outlived SIGKILL by ${forceLimitMs / 1000} s; end it by hand`,
      );
    }
  }

  /** Returns the last lines of output after the end, for use in a message. */
  async lastLines(): Promise<string> {
    await withTimeout(drainLimitMs, this.#closed);
    return this.#output.inWords;
  }

  /** Resolves with the exit when the group is empty. Rejects if the signal aborts first. */
  async exited(signal: AbortSignal): Promise<TargetExit> {
    await this.gone(signal);
    await withTimeout(drainLimitMs, this.#closed);
    return {
      end: `${this.end ?? "no exit code"}${afterSignal(this.#shell.exitCode)}`,
      lastLines: this.#output.lines,
    };
  }
}

/** A shell ends with 128 plus the number of the signal that ended its command. */
function afterSignal(exitCode: number | null): string {
  const number = (exitCode ?? 0) - 128;
  const [name] = Object.entries(constants.signals).find(([, signal]) => signal === number) ?? [];
  return name === undefined ? "" : `, which means ${name}`;
}

async function livesOn(group: number): Promise<boolean> {
  try {
    process.kill(-group, 0);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
  }
  if (process.platform !== "linux") return true;
  // Without an init process, as in some containers, ended processes stay in the group as zombies.
  const names = await readdir("/proc").catch(() => undefined);
  if (names === undefined) return true;
  const ids = names.filter((name) => /^\d+$/.test(name));
  const lives = ids.map(async (id) => {
    const stat = await readFile(`/proc/${id}/stat`, "utf8").catch(() => "");
    // The name in parentheses may itself contain parentheses.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state = "", , of, threads] = [...fields.slice(0, 3), fields[17]];
    // The first thread may have ended while other threads hold sockets open.
    return Number(of) === group && (!["Z", "X"].includes(state) || Number(threads) > 1);
  });
  return (await Promise.all(lives)).includes(true);
}

/** Returns true if the promise resolves. */
export const succeeds = (promise: Promise<unknown>): Promise<boolean> =>
  promise.then(
    () => true,
    () => false,
  );
