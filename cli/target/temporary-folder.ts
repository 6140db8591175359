import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for as long as hangup needs it. */
export interface TemporaryFolder {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/** Reads until its standard input ends, which is when hangup does. What that started needs a moment to end, too. */
const guardScript = 'read -r _; sleep 3; rm -rf -- "$1"';

/** Makes a folder that is gone when it is removed, or when hangup ends, however that comes about (but on Windows). */
export async function makeTemporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), "hangup-"));
  const guard =
    process.platform === "win32"
      ? undefined
      : spawn("/bin/sh", ["-c", guardScript, "hangup-guard", path], {
          // Detached: Ctrl-C in a terminal is not for it.
          detached: true,
          stdio: ["pipe", "ignore", "ignore"],
        });
  // Without a guard it is still removed wherever hangup ends in order.
  guard?.on("error", () => undefined);
  return {
    path,
    remove: async () => {
      guard?.kill("SIGKILL");
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
