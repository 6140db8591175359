import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Temporary folder. */
export interface TemporaryFolder {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/**
 * Waits for the end of its standard input, which ends with hangup. Processes that hangup started need a moment to
 * end, too.
 */
const guardScript = 'read -r _; sleep 3; rm -rf -- "$1"';

/**
 * Creates a folder that is removed by `remove`, or at the end of hangup, also after a crash (except on Windows).
 * @param parent folder in which it is created
 * @param prefix beginning of its name
 */
export async function makeTemporaryFolder(parent = tmpdir(), prefix = "hangup-"): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(parent, prefix));
  const guard =
    process.platform === "win32"
      ? undefined
      : spawn("/bin/sh", ["-c", guardScript, "hangup-guard", path], {
          // Detached: Ctrl-C in a terminal must not end it.
          detached: true,
          stdio: ["pipe", "ignore", "ignore"],
        });
  // Without the guard, the folder is removed only if hangup ends in order.
  guard?.on("error", () => undefined);
  // It must not keep this process alive.
  guard?.unref();
  if (guard?.stdin instanceof Socket) guard.stdin.unref();
  return {
    path,
    remove: async () => {
      guard?.kill("SIGKILL");
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
