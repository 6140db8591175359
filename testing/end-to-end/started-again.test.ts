import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, onTestFinished, test } from "vitest";
import type { TargetInstance } from "../../harness/stage/target-instance.ts";
import { UnreachableError } from "../../cli/exit.ts";
import { startKeepingStore, type ServerProcess } from "../../cli/target/keeping-store.ts";
import { startReferenceTarget } from "../../cli/target/reference-target.ts";
import { folder } from "../cli/hangup.ts";
import { answering, answers, failureOf, home, node, started } from "../cli/commands.ts";
import { openStage } from "../harness/open-stage.ts";

describe("a target that is started again", () => {
  /** Counts its starts in a file, and answers with the count. */
  const counting = node(`
    const { appendFileSync, readFileSync } = require("fs");
    appendFileSync("starts", "x");
    const starts = readFileSync("starts", "utf8").length;
    require("http").createServer((q, a) => a.end(String(starts))).listen({port}, "127.0.0.1")`);
  const startsOf = async (own: TargetInstance) => (await fetch(own.url)).text();

  test.each(["kill", "stop"] as const)(
    "after a %s has the same address and folder, and can end again",
    async (way) => {
      const own = await started({ command: counting, cwd: await folder() });
      expect(await startsOf(own)).toBe("1");
      await own[way]();
      expect(await answers(own.url)).toBe(false);
      await own.start();
      expect(await startsOf(own)).toBe("2");
      await own[way]();
      expect(await answers(own.url)).toBe(false);
    },
  );

  test("must have ended before", async () => {
    const own = await started({ command: counting, cwd: await folder() });
    expect((await failureOf(own.start())).message).toBe("the target still runs. It can't be started again.");
    expect(await startsOf(own)).toBe("1");
  });

  test("that does not start again is an error, and gone", async () => {
    const command = `test -e once || { touch once; exec ${answering(200)}; }; echo no store; exit 9`;
    const own = await started({ command, cwd: await folder() });
    await own.kill();
    const error = await failureOf(own.start());
    expect(error).toBeInstanceOf(UnreachableError);
    expect(error.message).toMatch(
      /^the target did not start again: it ended .*exit code 9\..*\n[^]*no store$/,
    );
    expect(await answers(own.url)).toBe(false);
  });

  test("disposed of during a start is gone, and can't start again", async () => {
    const { caller, nextRing, allGone } = await home();
    const command = `test -e once || { touch once; exec ${answering(200)}; }; ${caller()}`;
    const own = await started({ command, cwd: await folder() });
    await own.kill();
    const rung = nextRing();
    const starting = failureOf(own.start());
    await rung;
    await own.dispose();
    expect((await starting).message).toBe("the target is disposed");
    expect(await allGone()).toBe(true);
    expect((await failureOf(own.start())).message).toBe("the target is disposed");
  });
});

describe("the reference server as a case's own", () => {
  /** Records the starts and ends of servers. */
  function starts() {
    const stores: string[] = [];
    const ports: string[] = [];
    const ends: string[] = [];
    let fails = false;
    const serve = ([, store = ""]: readonly string[], port: string): Promise<ServerProcess> => {
      if (fails) return Promise.reject(new Error("no server"));
      stores.push(store);
      ports.push(port);
      const end = (how: string) => () => Promise.resolve(void ends.push(how));
      const target = new URL("http://127.0.0.1:4711/connection");
      return Promise.resolve({ url: target, stop: end("stop"), kill: end("kill"), dispose: end("dispose") });
    };
    return { stores, ports, ends, serve, fail: () => (fails = true) };
  }

  test("keeps its store and its port over starts, and leaves no folder", async () => {
    const { stores, ports, ends, serve } = starts();
    const own = await startKeepingStore(serve);
    const [store = ""] = stores;
    await writeFile(store, "kept");
    await own.kill();
    await own.start();
    expect(stores).toEqual([store, store]);
    expect(ports).toEqual(["0", "4711"]);
    expect(await readFile(store, "utf8")).toBe("kept");
    await own.dispose();
    expect(ends).toEqual(["kill", "dispose"]);
    expect(existsSync(dirname(store))).toBe(false);
  });

  test("leaves no folder after a start that fails", async () => {
    const first = starts();
    first.fail();
    await expect(startKeepingStore(first.serve)).rejects.toThrow("no server");
    const { stores, serve, fail } = starts();
    const own = await startKeepingStore(serve);
    fail();
    await expect(own.start()).rejects.toThrow("no server");
    await own.dispose();
    expect(existsSync(dirname(stores[0] ?? ""))).toBe(false);
  });

  test("keeps stored mappings over a kill", { timeout: 30_000 }, async () => {
    const { startOwn, stop } = await startReferenceTarget();
    onTestFinished(stop);
    const own = await startOwn?.();
    if (own === undefined) throw new Error("nothing starts one");
    onTestFinished(own.dispose);
    const mappings = async () =>
      ((await (await fetch(new URL("/probe", own.url))).json()) as { mappings: number }).mappings;
    const { stage } = openStage(own.url.href);
    await stage.join("bob");
    await stage.join("alice", { subscribes: false });
    expect(await mappings()).toBe(2);
    await own.kill();
    expect(await answers(own.url)).toBe(false);
    await own.start();
    expect(await mappings()).toBe(2);
  });
});

test("a temporary folder is removed when its process is killed", { timeout: 30_000 }, async () => {
  const program = `
    import { makeTemporaryFolder } from ${JSON.stringify(new URL("../../cli/target/temporary-folder.ts", import.meta.url).href)};
    console.log((await makeTemporaryFolder()).path);
    setInterval(() => undefined, 1000);`;
  const args = ["--import", "tsx", "--input-type=module", "-e", program];
  const maker = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void maker.kill("SIGKILL"));
  const [line] = (await once(createInterface({ input: maker.stdout }), "line")) as [string];
  expect(existsSync(line)).toBe(true);
  maker.kill("SIGKILL");
  await expect.poll(() => existsSync(line), { timeout: 15_000 }).toBe(false);
});
