import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { against, leaving } from "../../testing/harness/chat-run.ts";
import { parseProfile } from "../profile/profile.ts";

/** Starts a server that keeps accounts: POST and DELETE of /users/NAME, and of /site. `refuses` are methods that it answers with 500. */
async function accounts(refuses: readonly string[] = []) {
  const log: string[] = [];
  const server = createServer(({ method = "", url = "" }, response) => {
    log.push(`${method} ${url}`);
    response.writeHead(refuses.includes(method) ? 500 : 200).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;
  const requests = (method: string) => [
    { method, path: `${base}/users/{client}` },
    { method, path: `${base}/site`, per: "run" },
  ];
  const profile = parseProfile(
    {
      transport: "native",
      deadlines: { endedMs: 400 },
      before: requests("POST"),
      after: requests("DELETE"),
    },
    "the test's profile",
  );
  const of = (method: string) =>
    log.filter((line) => line.startsWith(`${method} /users`)).map((line) => line.split("/").at(-1));
  return { profile, log, created: () => of("POST").sort(), removed: () => of("DELETE").sort() };
}

test("a run removes each client that it made, once, then what it made for the run", async () => {
  const { profile, log, created, removed } = await accounts();
  await against({}, [...leaving("a"), ...leaving("b")], { profile });
  expect(created().length).toBeGreaterThanOrEqual(6);
  expect(removed()).toEqual(created());
  expect(log.at(-1)).toBe("DELETE /site");
  expect(log.filter((line) => line === "DELETE /site")).toHaveLength(1);
});

test("also after a failure", async () => {
  const { profile, created, removed } = await accounts();
  const fails = leaving("a", {
    run: async (stage) => {
      await stage.join("bob");
      throw new Error("the scenario broke off");
    },
  });
  await against({}, fails, { profile });
  // On a busy machine the case runs once more.
  expect(created().length).toBeGreaterThan(0);
  expect(removed()).toEqual(created());
});

test("also after an interruption", async () => {
  const { profile, created, removed } = await accounts();
  const abort = new AbortController();
  const waits = leaving("a", {
    run: async (stage) => {
      await stage.join("bob");
      abort.abort();
      await stage.wait(60_000);
    },
  });
  const { finished } = await against({}, waits, { profile, signal: abort.signal });
  expect(finished).toEqual([]);
  expect(created()).toHaveLength(1);
  expect(removed()).toEqual(created());
});

test("a removal that fails is reported, and is no verdict", async () => {
  const { profile } = await accounts(["DELETE"]);
  const failures: string[] = [];
  const onAfterFailed = (words: string) => void failures.push(words);
  const { finished } = await against({}, leaving("a"), { profile, onAfterFailed });
  expect(finished.flatMap(({ record }) => record.verdicts.map(({ kind }) => kind))).not.toContain("fail");
  expect(failures.length).toBeGreaterThanOrEqual(4);
  expect(failures[0]).toMatch(/^after\[0\]: DELETE \/users\/\S+ was answered with 500/);
});
