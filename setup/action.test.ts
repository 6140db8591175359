import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const home = fileURLToPath(new URL("..", import.meta.url));

/** Runs the action's step as GitHub does, with these inputs. */
async function step(inputs: Readonly<Record<string, string>>) {
  const out = await mkdtemp(join(tmpdir(), "hangup-test-"));
  onTestFinished(() => rm(out, { recursive: true, force: true }));
  const child = spawn("bash", [join(home, "setup/action.sh")], {
    cwd: out,
    env: {
      ...process.env,
      ...inputs,
      HANGUP_OUT: out,
      GITHUB_ACTIONS: "true",
      GITHUB_STEP_SUMMARY: join(out, "step.md"),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += String(text)));
  const [code] = (await once(child, "close")) as [number | null];
  return { out, code, output };
}

/** Returns a port that is free now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

const isClosed = async (url: string) =>
  fetch(url).then(
    () => false,
    () => true,
  );

test("starts the target, runs the suite, writes the summary and the annotations, and stops the target", async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/connection`;
  const { out, code, output } = await step({
    HANGUP_URL: url,
    HANGUP_START: `node ${home}cli/bin.js serve --port ${port} --quiet --mutant announces-leave-twice`,
    HANGUP_ARGS: "--browser none\n--grep ^identify/twice\n",
  });
  expect(code, output).toBe(1);
  expect(output).toContain(
    "::error title=More leaves than sessions that ended; in cases of a clean DISCONNECT%3A 1 case::LEAVE-NOT-TWICE",
  );
  expect(await readFile(join(out, "step.md"), "utf8")).toMatch(
    /^## hangup: No way of leaving was judged.*\*\*not conformant: 1 of 5 judged MUSTs fails, 1 case failed/s,
  );
  expect(await readFile(join(out, "report.html"), "utf8")).toContain("identify/twice");
  expect(await isClosed(url)).toBe(true);
  // The target's own output is in a file beside the report.
  expect(output).not.toContain('"ready"');
  expect(await readFile(join(out, "target.log"), "utf8")).toContain('{"ready":true');
}, 120_000);

test("reports a start command that ends or serves another address", async () => {
  const url = `http://127.0.0.1:${await freePort()}/connection`;
  const ended = await step({ HANGUP_URL: url, HANGUP_START: "echo no such database >&2; false" });
  expect(ended).toMatchObject({ code: 3, output: expect.stringContaining("ended before") as string });
  expect(ended.output).toContain("no such database");
  const silent = await step({ HANGUP_URL: url, HANGUP_START: "sleep 60", HANGUP_WAIT_SECONDS: "1" });
  expect(silent).toMatchObject({ code: 3, output: expect.stringContaining("does not answer") as string });
}, 60_000);

test("rejects wrong inputs before it starts the target", async () => {
  const start = "touch started";
  const unknown = await step({ HANGUP_START: start });
  expect(unknown).toMatchObject({ code: 2, output: expect.stringContaining("start needs url") as string });
  const url = "http://127.0.0.1:1/connection";
  const minute = await step({ HANGUP_URL: url, HANGUP_START: start, HANGUP_WAIT_SECONDS: "1m" });
  expect(minute).toMatchObject({
    code: 2,
    output: expect.stringContaining('wait-seconds is "1m"') as string,
  });
  for (const { out } of [unknown, minute]) expect(await readdir(out)).not.toContain("started");
});
