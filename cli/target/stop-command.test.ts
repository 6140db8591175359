import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { answers, failureOf, home, node, started } from "../../testing/cli/commands.ts";
import { folder } from "../../testing/cli/hangup.ts";

/** Writes down which signals come, and minds none of them. */
async function deaf() {
  const file = join(await folder(), "heard");
  const program = `
    for (const name of ["SIGTERM", "SIGUSR2"])
      process.on(name, () => require("fs").appendFileSync(${JSON.stringify(file)}, name + " "));
    require("http").createServer((q, a) => a.end()).listen({port}, "127.0.0.1")`;
  return { command: node(program), heard: () => readFile(file, "utf8") };
}
// A process that waits for a busy processor takes a second to hear a signal.
const shortly = { stop: 4_000, kill: 4_000 };

test.each([["SIGTERM"], ["TERM"]])("is asked for by %s, and forced where it does not come", async (stop) => {
  const { command, heard } = await deaf();
  const own = await started({ command, stop }, "sockjs", shortly);
  await own.stop();
  expect(await heard()).toBe("SIGTERM ");
  expect(await answers(own.url)).toBe(false);
});

test("is forced too where another signal is declared to kill, and does not", async () => {
  const { command, heard } = await deaf();
  const own = await started({ command, kill: "USR2" }, "sockjs", shortly);
  await own.kill();
  expect(await heard()).toBe("SIGUSR2 ");
  expect(await answers(own.url)).toBe(false);
});

test("is waited for where it takes its time", async () => {
  const program = `
    const server = require("http").createServer((q, a) => a.end()).listen({port}, "127.0.0.1");
    process.on("SIGTERM", () => setTimeout(() => process.exit(), 300));`;
  // The shell itself is gone at once.
  const own = await started({ command: `${node(program)}; true` });
  await own.stop();
  expect(await answers(own.url)).toBe(false);
});

test("is brought about by commands with {port} and {pid}, where the profile gives some", async () => {
  for (const way of ["stop", "kill"] as const) {
    const cwd = await folder();
    const { command } = await deaf();
    const own = await started({ command, cwd, [way]: `echo {port} {pid} > asked; kill -s KILL -- -{pid}` });
    await own[way]();
    const [port, pid] = (await readFile(join(cwd, "asked"), "utf8")).trim().split(" ");
    expect(port).toBe(own.url.port);
    expect(Number(pid)).toBeGreaterThan(1);
    // The system may take a moment to end a whole group.
    await expect.poll(() => answers(own.url), { timeout: 5_000 }).toBe(false);
  }
});

test("is told as a failure where such a command fails, and comes with dispose", async () => {
  const { command } = await deaf();
  const broken = { stop: "echo no such unit; exit 5", kill: "no-such-program-at-all" };
  const own = await started({ command, ...broken }, "sockjs", shortly);
  const asked = await failureOf(own.stop());
  expect(asked.message).toMatch(/start\.stop failed, with exit code 5: .*\n.*\n {2}no such unit$/);
  expect((await failureOf(own.kill())).message).toContain("start.kill failed, with exit code 127");
  expect(await answers(own.url)).toBe(true);
  await own.dispose();
  expect(await answers(own.url)).toBe(false);
});

test("is told where such a command itself does not end, which is then ended", async () => {
  const { caller, nextRing, allGone } = await home();
  const rung = nextRing();
  const { command } = await deaf();
  const own = await started({ command, stop: caller({ stubborn: true }) }, "sockjs", {
    stop: 4_000,
    kill: 300,
  });
  const asked = failureOf(own.stop());
  await rung;
  expect((await asked).message).toContain("with no end within 4 s");
  expect(await allGone()).toBe(true);
});

test("may be asked for again and again, also of one that ended by itself", async () => {
  const program = `require("http").createServer((q, a) => a.end("x", () => q.url === "/die" && process.exit(1))).listen({port}, "127.0.0.1")`;
  const own = await started({ command: node(program), kill: "exit 1" });
  await fetch(new URL("/die", own.url)).then((response) => response.text());
  await own.stop();
  await own.kill();
  await Promise.all([own.dispose(), own.dispose()]);
  expect(await answers(own.url)).toBe(false);
});
