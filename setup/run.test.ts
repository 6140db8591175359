import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { run } from "./run.js";
import { put, temporaryFolder } from "./testing.ts";

const node = process.execPath;

/** A program whose child connects to us and says "ready"; the connection's end shows the child's. */
async function parentOfOne(): Promise<{ args: string[]; childGone: Promise<unknown> }> {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => {
    server.close();
  });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const child = `require("node:net").connect(${port}, "127.0.0.1", () => console.log("ready")).on("error", () => {})`;
  const parent = `
    require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "inherit" });
    setInterval(() => {}, 1000);`;
  const childGone = once(server, "connection").then(
    ([socket]: Socket[]) =>
      socket &&
      once(
        socket.resume().on("error", () => undefined),
        "close",
      ),
  );
  return { args: ["-e", parent], childGone };
}

test("a command's exit code and both its outputs are told", async () => {
  const source = `console.log("out"); console.error("err"); process.exitCode = 3;`;
  const ended = await run(node, ["-e", source], { timeoutMs: 10_000 });
  expect(ended).toMatchObject({ ok: false, how: "exit code 3" });
  expect(ended.output).toContain("out\n");
  expect(ended.output).toContain("err\n");
});

test("a command that can't be started fails like any other", async () => {
  const ended = await run("/no/such/program", [], { timeoutMs: 10_000 });
  expect(ended).toMatchObject({ ok: false, how: expect.stringContaining("ENOENT") as unknown });
});

test("a command is ended when its time is over", async () => {
  const ended = await run(node, ["-e", "setInterval(() => {}, 1000)"], { timeoutMs: 100 });
  expect(ended).toMatchObject({ ok: false, how: "stopped after 0.1 s" });
});

test("a command that has become hopeless is ended with its children", async () => {
  const { args, childGone } = await parentOfOne();
  const ended = await run(node, args, { timeoutMs: 10_000, hopeless: (output) => output === "ready\n" });
  expect(ended).toMatchObject({ ok: false, how: "given up" });
  await childGone;
});

test("a command that doesn't heed SIGTERM is killed after the grace", async () => {
  const source = `process.on("SIGTERM", () => console.log("no")); console.log("ready"); setInterval(() => {}, 1000);`;
  const hopeless = (output: string) => output.includes("ready");
  const ended = await run(node, ["-e", source], { timeoutMs: 10_000, graceMs: 100, hopeless });
  expect(ended).toMatchObject({ ok: false, how: "given up" });
});

test("an interrupt ends the command and its children, and rejects with the reason", async () => {
  const { args, childGone } = await parentOfOne();
  const interrupt = new AbortController();
  const hopeless = (output: string) => {
    if (output.includes("ready")) interrupt.abort(new Error("interrupted by the test"));
    return false;
  };
  const running = run(node, args, { timeoutMs: 10_000, signal: interrupt.signal, hopeless });
  await expect(running).rejects.toThrow("interrupted by the test");
  await childGone;
});

test("nothing is started after an interrupt", async () => {
  const note = join(temporaryFolder(), "note");
  const args = ["-e", `require("node:fs").writeFileSync(${JSON.stringify(note)}, "")`];
  const signal = AbortSignal.abort(new Error("interrupted by the test"));
  await expect(run(node, args, { timeoutMs: 10_000, signal })).rejects.toThrow("interrupted by the test");
  expect(existsSync(note)).toBe(false);
});

test("a daemon that keeps the output open does not hold up the end", async () => {
  const note = put(join(temporaryFolder(), "pid"));
  const source = `
    const child = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"],
      { detached: true, stdio: "inherit" });
    require("node:fs").writeFileSync(${JSON.stringify(note)}, String(child.pid));
    child.unref();`;
  onTestFinished(() => void process.kill(Number(readFileSync(note, "utf8")), "SIGKILL"));
  const ended = await run(node, ["-e", source], { timeoutMs: 10_000 });
  expect(ended).toMatchObject({ ok: true, how: "exit code 0" });
});
