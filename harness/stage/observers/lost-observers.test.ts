import { setTimeout } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { against, testRun } from "../../../testing/harness/chat-run.ts";
import { failedIn, kindsIn, watched } from "../../../testing/harness/watched-cases.ts";
import {
  startChatServer,
  type Misbehaviour,
  type Tell,
} from "../../../testing/sample-servers/server/chat.ts";
import { ofKind } from "../../history/events/events.ts";
import { lostObserver } from "../../judge/attempts/judged-attempt.ts";
import { History } from "../../history/history.ts";
import { parseProfile } from "../../profile/profile.ts";
import { runCases } from "../../run/runner.ts";
import type { CaseContext } from "../case-context.ts";
import { NoticeOwners } from "../notice-owners.ts";
import { SetupRequests } from "../setup-requests.ts";
import { SharedObservers } from "./shared-observers.ts";

const isAlice = (client: string | undefined) => client?.startsWith("alice") === true;
const isObserver = ({ client }: { client: string | undefined }) => client?.startsWith("observer") === true;

describe("no case stays inconclusive", () => {
  test("where many lost an observer at once, and each fails by its own", { timeout: 60_000 }, async () => {
    let leaves = 0;
    const tell: Tell = (event, { client }, { sessions, say }) => {
      if (event === "join" || !isAlice(client)) return say({ event, clientData: client });
      if ((leaves += 1) !== 10) return;
      for (const one of sessions) if (isObserver(one)) one.socket.terminate();
    };
    const { finished } = await against({ tell }, watched(12), { workers: 12 });
    // The case that is blamed for the loss fails by it. All others fail by what their own observers miss.
    const failed = finished.map(failedIn);
    expect(failed.filter(([first]) => first === "HEARS").length).toBeGreaterThanOrEqual(finished.length - 3);
    expect(failed.filter((own) => own.length === 0)).toEqual([]);
  });

  test("where the target sends an observer an ERROR and closes it later", { timeout: 60_000 }, async () => {
    let leaves = 0;
    const tell: Tell = (event, { client }, { sessions, say }) => {
      say({ event, clientData: client });
      if (event === "join" || !isAlice(client) || (leaves += 1) !== 5) return;
      const victim = [...sessions].findLast(isObserver);
      victim?.socket.send("ERROR\nmessage:broken\n\n\0");
      void setTimeout(100).then(() => victim?.socket.close());
    };
    const { finished, lostClients } = await against({ tell }, watched(20), { workers: 6 });
    expect(finished.map(failedIn).filter((failed) => failed.length > 0)).toEqual([]);
    expect(lostClients).toHaveLength(1);
    expect(lostClients[0]?.reason).toMatch(/^the target closed observer-/);
  });

  test(
    "where the target closes an observer over HTTP, and all but one case go on without it",
    {
      timeout: 60_000,
    },
    async () => {
      let victims = 0;
      const tell: Tell = (event, { client }, { sessions, say }) => {
        say({ event, clientData: client });
        if (event !== "leave" || !isAlice(client) || victims > 0) return;
        const victim = [...sessions].find(
          (one) => isObserver(one) && !one.url.pathname.endsWith("/websocket"),
        );
        if (victim === undefined) return;
        victims += 1;
        victim.drop();
      };
      const server = await startChatServer({
        tell,
        transport: "sockjs",
        path: "/ws",
        endsByDisconnect: true,
      });
      onTestFinished(() => server.close());
      const profile = parseProfile(
        { transport: "sockjs", deadlines: { endedMs: 400 } },
        "the test's profile",
      );
      const waits = watched(20, () => setTimeout(1_000));
      const { finished, lostClients } = await runCases({
        ...{ ...testRun, cases: waits, profile, target: server.url },
        workers: 4,
      });
      expect(finished.map(kindsIn)).toEqual(finished.map(() => ["pass"]));
      expect(victims).toBe(1);
      expect(lostClients).toHaveLength(1);
      // A case may also run again because this machine was too busy.
      expect(finished.filter(({ attempts }) => attempts.some(lostObserver))).toHaveLength(1);
      const detached = finished.filter(({ attempts }) =>
        attempts.some(({ events }) => ofKind(events, "observer-detached").length > 0),
      );
      expect(detached.length).toBeGreaterThan(0);
    },
  );

  test("where clients over HTTP become deaf", { timeout: 60_000 }, async () => {
    const told = new Map<unknown, number>();
    const tell: Tell = (event, { client }, { sessions }) => {
      const body = JSON.stringify({ event, clientData: client });
      for (const one of sessions) {
        const count = (told.get(one) ?? 0) + 1;
        told.set(one, count);
        if (one.url.pathname.endsWith("/websocket") || count <= 6)
          one.tell("/topic/", body).catch(() => undefined);
      }
    };
    const server = await startChatServer({ tell, transport: "sockjs", path: "/ws", endsByDisconnect: true });
    onTestFinished(() => server.close());
    const profile = parseProfile({ transport: "sockjs", deadlines: { endedMs: 400 } }, "the test's profile");
    const { finished } = await runCases({ ...testRun, cases: watched(12), profile, target: server.url });
    expect(finished.map(kindsIn)).toEqual(finished.map(() => ["pass"]));
  });

  test("where the target refuses the first observers", { timeout: 60_000 }, async () => {
    let connects = 0;
    const onFrame: Misbehaviour["onFrame"] = (command, { socket }) => {
      if (command !== "CONNECT" || (connects += 1) > 2) return false;
      socket.close(1013);
      return true;
    };
    const { finished } = await against({ onFrame }, watched(8));
    expect(finished.map(kindsIn)).toEqual(finished.map(() => ["pass"]));
  });
});

describe("shared observers of a run", () => {
  async function start(misbehaviour: Misbehaviour = {}) {
    const server = await startChatServer(misbehaviour);
    const profile = parseProfile({ transport: "native", deadlines: { endedMs: 400 } }, "the test's profile");
    const owners = new NoticeOwners(() => performance.now());
    const contextOf = (token: string): CaseContext => {
      const fromMs = performance.now();
      return {
        ...{ token, profile, owners, target: server.url, instance: undefined },
        history: new History(() => performance.now() - fromMs, testRun.signal),
        setupRequests: new SetupRequests(profile, server.url),
        ...{ browser: undefined, pageFiles: {}, adopted: new Set() },
      };
    };
    const shared = new SharedObservers(contextOf("run00"));
    onTestFinished(async () => {
      await shared.dispose();
      await server.close();
    });
    return { server, contextOf, shared };
  }

  test("are started once for all cases that need them, also after a loss", async () => {
    const { server, contextOf, shared } = await start();
    await shared.attach(contextOf("run01"));
    expect(server.sessions.size).toBe(2);
    for (const one of server.sessions) one.socket.terminate();
    await setTimeout(200);
    await Promise.all(Array.from({ length: 20 }, (_, n) => shared.attach(contextOf(`run1${n}`))));
    expect(server.sessions.size).toBe(2);
  });

  test("record nothing for a case that is over, and are gone after the run", async () => {
    let delayMs = 0;
    const { server, contextOf, shared } = await start({
      onFrame: (command, _session, answer) => {
        if (command !== "CONNECT" || delayMs === 0) return false;
        void setTimeout(delayMs).then(answer);
        return true;
      },
    });
    const one = contextOf("run01");
    await shared.attach(one);
    delayMs = 500;
    const younger = shared.attachYounger(one);
    const played = shared.playSentinel(one, true);
    shared.detach(one);
    await expect(younger).rejects.toThrow("the case is over");
    await Promise.allSettled([played]);
    const kinds = one.history.events.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind !== "observer-lost")).toEqual([
      "observer-attached",
      "observer-attached",
    ]);
    void shared.attachYounger(contextOf("run02")).catch(() => undefined);
    await shared.dispose();
    await setTimeout(2 * delayMs + 400);
    expect([...server.sessions].filter(isObserver)).toEqual([]);
  });

  test("say why a case gets none", async () => {
    const { contextOf, shared } = await start({
      onFrame: (command, { socket }) => {
        if (command === "CONNECT") socket.close(1013);
        return command === "CONNECT";
      },
    });
    const one = contextOf("run01");
    await expect(shared.attach(one)).rejects.toThrow("1013");
    expect(ofKind(one.history.events, "observer-lost")).toHaveLength(1);
  });
});
