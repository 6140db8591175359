import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { startCommand } from "../../cli/target/start-command.ts";
import { parseProfile } from "../../harness/profile/profile.ts";
import type { TargetProcess } from "../../harness/run/death/target-process.ts";

const chat = fileURLToPath(new URL("mortal-chat.js", import.meta.url));

/** Returns the command that starts the chat of `mortal-chat.js`. */
export const mortalCommand = `exec '${process.execPath}' '${chat}' {port}`;

/** A started chat, and its process. */
export interface MortalTarget {
  readonly url: URL;
  readonly process: TargetProcess;
  /** Number of restarts. */
  readonly restarts: () => number;
  /** Kills it, as somebody else would, and waits for its end. */
  readonly kill: () => Promise<void>;
}

/** Starts a chat that dies as `env` says (see `mortal-chat.js`), and ends it after the test. */
export async function startMortal(env: Readonly<Record<string, string>> = {}): Promise<MortalTarget> {
  const url = "ws://127.0.0.1:{port}/";
  const { start } = parseProfile({ url, start: { command: mortalCommand, env } }, "the test");
  if (start === undefined) throw new Error("no start");
  const own = await startCommand(start, { url, transport: "native" });
  onTestFinished(() => own.dispose());
  let restarts = 0;
  return {
    url: own.url,
    process: {
      ended: own.ended,
      restart: async () => {
        restarts += 1;
        await own.kill();
        await own.start();
      },
    },
    restarts: () => restarts,
    kill: own.kill,
  };
}
