import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LogRecord } from "./flow/core/events.ts";
import { openSqliteStore } from "./flow/store/sqlite-store.ts";
import { serve } from "./testing/servers.ts";
import { join } from "./testing/stomp-client.ts";

const folder = mkdtempSync(joinPath(tmpdir(), "hangup-restart-"));
const store = joinPath(folder, "mappings.db");
afterAll(() => rmSync(folder, { recursive: true }));

/** Lets some clients identify at a server, and kills it. */
async function killAfter(names: readonly string[]): Promise<void> {
  const script = fileURLToPath(new URL("testing/serve-child.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, JSON.stringify({ store })], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [url] = (await once(child.stdout, "data")) as [Buffer];
  for (const name of names) await join(url.toString(), name);
  const gone = await join(url.toString(), "gone before");
  const watcher = await join(url.toString(), null);
  gone.socket.close();
  await watcher.waitForNotice("leave gone before (closed)");
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

describe("after a kill, a server on the same file", () => {
  beforeAll(() => killAfter(["alice", "bob"]));

  it("announces the owners of old mappings once, in time, and forgets them", async () => {
    const records: LogRecord[] = [];
    const url = await serve({
      store,
      reconcileAfterMs: 2_000,
      probe: true,
      log: (record) => void records.push(record),
    });
    const watcher = await join(url, null);
    const back = await join(url, "alice");
    back.send("SUBSCRIBE", { id: "r", destination: "/app/roster" });
    await back.until(() => back.messages("/app/roster").length === 1);
    expect(back.messages("/app/roster")).toMatchObject([[{ clientData: "alice" }]]);
    await watcher.waitForNotice("leave bob (restart)");
    expect(watcher.notices()).toEqual(["join alice", "leave alice (restart)", "leave bob (restart)"]);
    expect(records.filter(({ name }) => name === "session-reconciled")).toHaveLength(2);
    const probe = await fetch(url.replace("/connection", "/probe"));
    expect(await probe.json()).toMatchObject({ mappings: 1 });
  });

  it("has nothing to announce the next time", async () => {
    const left = openSqliteStore(store);
    expect(await left.earlierSessions()).toEqual([]);
    await left.close();
  });
});

describe("configured to be silent", () => {
  beforeAll(() => killAfter(["alice"]));

  it("removes old mappings without a word", async () => {
    const records: LogRecord[] = [];
    const url = await serve({
      store,
      reconcile: "silent",
      reconcileAfterMs: 0,
      log: (record) => void records.push(record),
    });
    const watcher = await join(url, null);
    const sentinel = await join(url, "sentinel");
    sentinel.socket.close();
    await watcher.waitForNotice("leave sentinel (closed)");
    expect(records.filter(({ name }) => name === "session-reconciled")).toHaveLength(1);
    expect(watcher.notices()).toEqual(["join sentinel", "leave sentinel (closed)"]);
  });
});

describe("under the policy person", () => {
  beforeAll(() => killAfter(["alice", "bob"]));

  it("announces only who hasn't come back", async () => {
    const url = await serve({ store, policy: "person", reconcileAfterMs: 2_000 });
    const watcher = await join(url, null);
    await join(url, "alice");
    expect(await watcher.waitForNotice("leave bob (restart)")).toEqual(["join alice", "leave bob (restart)"]);
  });
});
