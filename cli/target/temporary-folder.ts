import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
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

/** Creates a folder that is removed by `remove`, or at the end of hangup, also after a crash (except on Windows). */
export async function makeTemporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), "hangup-"));
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
  return {
    path,
    remove: async () => {
      guard?.kill("SIGKILL");
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
