import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { Context } from "./context.js";
import type { Ended } from "./run.js";

/** A folder of the running test's own, removed when it is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hangup-setup-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Writes a file and the folders above it. @returns its path */
export function put(path: string, content: unknown = ""): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

/** Writes a file that may be run: a shell script when `content` is given. @returns its path */
export function putProgram(path: string, content = "exit 0"): string {
  put(path, `#!/bin/sh\n${content}\n`);
  chmodSync(path, 0o755);
  return path;
}

export const success: Ended = { ok: true, how: "exit code 0", output: "", seconds: 0.1 };

export function failure(output: string, how = "exit code 1"): Ended {
  return { ok: false, how, output, seconds: 0.1 };
}

/** A call that setup made, as `command arg arg`, with the options that it gave. */
export interface Call {
  line: string;
  env: Readonly<Record<string, string | undefined>>;
}

/** A context on a fake project, whose commands are answered by `answer` and noted. */
export function fakeContext(
  project: string,
  answer: (line: string) => Ended,
  changes: Partial<Context> = {},
): { context: Context; calls: Call[]; said: string[] } {
  const calls: Call[] = [];
  const said: string[] = [];
  mkdirSync(join(project, "setup"), { recursive: true });
  const context: Context = {
    project,
    env: { PATH: join(project, "bin"), PLAYWRIGHT_BROWSERS_PATH: join(project, "browsers") },
    platform: "linux",
    isRoot: false,
    say: (line) => said.push(line),
    run: (command, args, { env = {} }) => {
      const line = [command, ...args].join(" ");
      calls.push({ line, env });
      return Promise.resolve(answer(line));
    },
    signal: new AbortController().signal,
    ...changes,
  };
  return { context, calls, said };
}
