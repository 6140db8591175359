import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { UnreachableError, UsageError } from "../exit.ts";
import { findTarget } from "./find-target.ts";
import {
  answering,
  answers,
  failureOf,
  home,
  listening,
  node,
  quoted,
  refusalOf,
  started,
  url,
} from "../../testing/cli/commands.ts";
import { ended, folder, hangup, portOfNobody, recordIn, start } from "../../testing/cli/hangup.ts";

const bin = fileURLToPath(new URL("../bin.js", import.meta.url));

/** The reference server, as anybody else's would be described. */
const reference = {
  name: "by command",
  url: "http://127.0.0.1:{port}/connection",
  otherSilenceMs: 5_000,
  start: {
    command: `${quoted(process.execPath)} ${quoted(bin)} serve --port {port} --quiet`,
    ready: "/health",
  },
};

/** @returns the file */
async function written(profile: object): Promise<string> {
  const file = join(await folder(), "hangup.config.json");
  await writeFile(file, JSON.stringify(profile));
  return file;
}

describe("the target that a profile starts", () => {
  test("is found, gets company on ports of their own, and all are gone afterwards", async () => {
    const target = await findTarget({ profile: await written(reference) });
    onTestFinished(() => target.stop());
    const own = await target.startOwn?.();
    if (own === undefined) throw new Error("nothing starts another");
    onTestFinished(() => own.dispose());
    expect(own.url.port).not.toBe(target.url.port);
    // Below the ports that the system gives to others while a target is down.
    expect([target, own].every(({ url: { port } }) => Number(port) < 32_000)).toBe(true);
    expect([await answers(target.url), await answers(own.url)]).toEqual([true, true]);
    await own.stop();
    expect([await answers(target.url), await answers(own.url)]).toEqual([true, false]);
    await target.stop();
    expect(await answers(target.url)).toBe(false);
  });

  test("is not started where --url names another, nor for single cases", async () => {
    const { caller, callers } = await home();
    const command = `${caller()} & exec ${answering(200)}`;
    const profile = await written({ url, start: { command } });
    const target = await findTarget({ url: "http://127.0.0.1:9/chat", profile });
    expect(target.url.href).toBe("http://127.0.0.1:9/chat");
    expect(target.startOwn).toBeUndefined();
    expect(callers()).toBe(0);
  });

  test("is the only one where its port is always the same, which must be nobody's yet", async () => {
    const port = await listening(createServer().on("connection", (socket: Socket) => socket.destroy()));
    const fixed = (at: number) =>
      written({
        url: `http://127.0.0.1:${at}/chat`,
        start: { command: answering(200).replace("{port}", String(at)) },
      });
    const taken = await failureOf(findTarget({ profile: await fixed(port) }));
    expect(taken).toBeInstanceOf(UnreachableError);
    expect(taken.message).toContain(`another program already listens`);
    expect(taken.message).toContain(`127.0.0.1:${port}`);

    const target = await findTarget({ profile: await fixed(await portOfNobody()) });
    onTestFinished(() => target.stop());
    expect(target.startOwn).toBeUndefined();
    expect(await answers(target.url)).toBe(true);
  });

  test(
    "passes the suite's cases of a restart, and is gone with all that it brought about",
    // A case ends by itself after its limit, and the output then says what it waited for.
    { timeout: 180_000 },
    async () => {
      const { caller, allGone } = await home();
      const out = await folder();
      const store = quoted(join(out, "{port}.db"));
      const starts = join(out, "starts");
      // The shell counts the starts, because a caller may be killed before it rings.
      const command = `echo start >> ${quoted(starts)}; ${caller()} & exec ${reference.start.command} --probe --store ${store} --reconcile-after-ms 3000`;
      const profile = await written({
        ...reference,
        deadlines: { reconcileMs: 4_000 },
        probe: { path: "/probe", mappings: "/mappings" },
        start: { ...reference.start, command },
      });
      const args = ["--grep", "^restart/", "--browser", "none", "--profile", profile, "--out", out];
      const { code, stdout, stderr } = await hangup(["run", ...args]);
      expect(code, stdout + stderr).toBe(0);
      const { target, totals } = await recordIn(out);
      expect(totals).toMatchObject({ fail: 0, inconclusive: 0, notApplicable: 0 });
      expect(target.name).toBe("by command");
      const started = (await readFile(starts, "utf8")).trimEnd().split("\n").length;
      expect(started, "the shared one, and each case's own, two of them twice").toBe(6);
      expect(await allGone()).toBe(true);
    },
  );
});

describe("nothing is left", () => {
  /** A run against a target, one of whose processes rings home. */
  async function running() {
    const { caller, nextRing, allGone } = await home();
    const command = `${caller()} & exec ${reference.start.command}`;
    const cwd = await folder();
    const kill = "echo {port} {pid} > killed";
    const profile = await written({ ...reference, start: { ...reference.start, command, cwd, kill } });
    const first = nextRing();
    const args = ["run", "--grep", "^leave/", "--browser", "none", "--profile", profile, "--out", cwd];
    const child = start(args);
    const end = ended(child);
    await first;
    return { child, end, allGone, killed: join(cwd, "killed"), cwd };
  }

  /** Resolves when a case has passed: the target is up. */
  async function onePassed({ stderr }: ReturnType<typeof start>): Promise<void> {
    let told = "";
    while (stderr !== null && !told.includes(" passed"))
      told += String(((await once(stderr, "data")) as [Buffer])[0]);
  }

  test("after Ctrl-C", { timeout: 60_000 }, async () => {
    const { child, end, allGone, cwd } = await running();
    await onePassed(child);
    child.kill("SIGINT");
    expect((await end).code).toBe(130);
    expect(await recordIn(cwd)).toMatchObject({ exitCode: 130 });
    expect(await allGone()).toBe(true);
  });

  test(
    "when hangup itself is killed, and what the profile gives as kill is carried out",
    { timeout: 60_000 },
    async () => {
      const { child, end, allGone, killed } = await running();
      child.kill("SIGKILL");
      await end;
      expect(await allGone()).toBe(true);
      await expect.poll(() => existsSync(killed), { timeout: 5_000 }).toBe(true);
    },
  );

  test("of what the shell began in the background, after stop, kill and dispose", async () => {
    for (const way of ["stop", "kill", "dispose"] as const) {
      const { caller, callers, nextRing, allGone } = await home();
      const rung = nextRing();
      const own = await started({ command: `${caller()} & ${answering(200)}; true` });
      await rung;
      await own[way]();
      expect(await allGone(), way).toBe(true);
      expect(callers()).toBe(1);
      expect(await answers(own.url), way).toBe(false);
    }
  });

  test("when the start is given up, which is at once", async () => {
    const { caller, nextRing, allGone } = await home();
    const rung = nextRing();
    const controller = new AbortController();
    const starting = refusalOf({ command: `${caller()} # {port}` }, controller.signal);
    await rung;
    controller.abort(new Error("the run was interrupted"));
    expect((await starting).message).toBe("the run was interrupted");
    expect(await allGone()).toBe(true);
    const profile = await written({ url, start: { command: answering(200) } });
    const again = await failureOf(findTarget({ profile }, controller.signal));
    expect(again.message).toBe("the run was interrupted");
  });
});

describe("ready", () => {
  test("is when the path answers below 400, not before", async () => {
    const program = `
      let asked = 0;
      require("http").createServer((q, a) => a.writeHead(q.url !== "/up" ? 404 : ++asked < 3 ? 503 : 302, { asked }).end())
        .listen({port}, "127.0.0.1")`;
    const own = await started({ command: node(program), ready: "/up" });
    const response = await fetch(new URL("/up", own.url), { redirect: "manual" });
    expect(response.headers.get("asked")).toBe("4");
  });

  test("is left to the endpoint's info, or to a native endpoint's port, where no path is given", async () => {
    const program = `require("http").createServer((q, a) => a.writeHead(q.url === "/chat/info" ? 200 : 404).end()).listen({port}, "127.0.0.1")`;
    await started({ command: node(program) });
    const mute = `require("net").createServer(() => undefined).listen({port}, "127.0.0.1")`;
    await started({ command: node(mute) }, "native");
  });

  test("finds the port in the environment too, and the folder it asked for", async () => {
    const cwd = await folder();
    await mkdir(join(cwd, "inner"));
    const program = `
      require("fs").writeFileSync("port", process.env.PORT);
      require("http").createServer((q, a) => a.end()).listen(process.env.PORT, "127.0.0.1") // {port}`;
    const own = await started({ command: node(program), env: { PORT: "{port}" }, cwd: join(cwd, "inner") });
    expect(await readFile(join(cwd, "inner", "port"), "utf8")).toBe(own.url.port);
  });

  test("comes on another port where somebody took the first meanwhile", async () => {
    const ports: number[] = [];
    const greedy = createHttpServer((request, response) => {
      const port = Number(request.url?.slice(1));
      ports.push(port);
      if (ports.length > 1) return void response.end();
      const taker = createServer().listen(port, "127.0.0.1", () => response.end());
      onTestFinished(() => void taker.close());
    });
    const at = await listening(greedy);
    const program = `fetch("http://127.0.0.1:${at}/{port}").then(() =>
      require("http").createServer((q, a) => a.end()).listen({port}, "127.0.0.1"))`;
    const own = await started({ command: node(program) });
    expect(ports).toHaveLength(2);
    expect(own.url.port).toBe(String(ports[1]));
    expect(ports[0]).not.toBe(ports[1]);
  });

  const failing: Record<string, { given: object; says: readonly (string | RegExp)[] }> = {
    "a command that ends at once": {
      given: { command: "echo opening; echo no database >&2; echo closing; exit 7 # {port}" },
      says: ["with exit code 7. Try the command by itself.", "wrote:\n  opening\n  no database\n  closing"],
    },
    "a command that fails, and leaves something in the background": {
      given: { command: "sleep 1000 & exit 7 # {port}" },
      says: ["with exit code 7. Try the command by itself."],
    },
    "a program that is not there": {
      given: { command: "no-such-program-at-all {port}" },
      says: ["exit code 127", /\n {2}.*no-such-program-at-all.*not found/],
    },
    "a command that is killed": {
      given: { command: `kill -9 $$ # {port}` },
      says: ["with signal SIGKILL", "It wrote nothing."],
    },
    "one that leaves nothing in the foreground": {
      given: { command: "true {port}" },
      says: ["exit code 0", "must stay in the foreground"],
    },
    "a server that never becomes ready": {
      given: { command: answering(503), readyMs: 3_000 },
      says: [/not ready within 3 s \(http:\S+\/chat\/info answered 503\)/, "Raise start.readyMs"],
    },
    "one that never listens": {
      given: { command: `exec sleep 1000.{port}`, readyMs: 300 },
      says: [/\(connect ECONNREFUSED 127\.0\.0\.1:\d+\)/],
    },
    "one that accepts and says nothing": {
      given: {
        command: node(`require("net").createServer(() => undefined).listen({port}, "127.0.0.1")`),
        readyMs: 600,
      },
      says: ["was not ready within 0.6 s"],
    },
  };
  test.each(Object.entries(failing))("is never %s", async (_name, { given, says }) => {
    const error = await refusalOf(given);
    expect(error).toBeInstanceOf(UnreachableError);
    for (const words of says) expect(error.message).toMatch(words);
  });

  test("is told with the last that was written alone, and with nothing that a terminal would obey", async () => {
    const program = `
      for (let n = 0; n < 20000; n += 1) console.log("line " + n);
      console.log("\\u001b[31mred\\u001b[0m \\u0007bell"); // {port}`;
    const { message } = await refusalOf({ command: node(program) });
    expect(message).toContain("\n  line 19999");
    expect(message).toContain("\n  red bell");
    expect(message).not.toContain("\n  line 1000\n");
    expect(message.length).toBeLessThan(6_000);
  });

  test.each([
    [{ cwd: "/no/such/folder" }, "start.cwd: folder /no/such/folder does not exist"],
    [{ stop: "SIGTREM" }, "start.stop: signal SIGTREM does not exist on this system"],
    [{ kill: "SIGKIL" }, "start.kill: signal SIGKIL does not exist on this system"],
  ])("is not waited for with %j", async (given, says) => {
    const error = await refusalOf({ command: answering(200), ...given });
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toContain(says);
  });
});
