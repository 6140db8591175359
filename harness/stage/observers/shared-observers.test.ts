import { EventEmitter, once } from "node:events";
import { describe, expect, test } from "vitest";
import { against } from "../../../testing/harness/chat-run.ts";
import { failedIn, kindsIn, watched } from "../../../testing/harness/watched-cases.ts";
import type { SampleSession } from "../../../testing/sample-servers/server/application.ts";
import type { Tell } from "../../../testing/sample-servers/server/chat.ts";
import { ofKind } from "../../history/events/events.ts";
import type { FinishedCase } from "../../run/runner.ts";

const attachedIn = ({ attempts }: FinishedCase) =>
  attempts.flatMap(({ events }) => ofKind(events, "observer-attached").map(({ actor }) => actor));

test(
  "cases share observers, older and younger than their leaver, and a sentinel",
  { timeout: 30_000 },
  async () => {
    const { finished } = await against({}, watched(12));
    expect(finished.map(kindsIn)).toEqual(finished.map(() => ["pass"]));
    const names = finished.map(attachedIn);
    expect(new Set(names.flat()).size).toBeLessThan(names.flat().length / 2);
    for (const { attempts } of finished) {
      const events = attempts[0]?.events ?? [];
      const indexOf = (kind: string, actor?: string) =>
        events.findIndex((e) => e.kind === kind && (actor === undefined || e.actor === actor));
      const attached = ofKind(events, "observer-attached").map(({ index }) => index);
      expect(attached[0]).toBeLessThan(indexOf("opened", "alice"));
      expect(attached.at(-1)).toBeGreaterThan(indexOf("identify-sent", "alice"));
      expect(attached.at(-1)).toBeLessThan(indexOf("fault-injected", "alice"));
      expect(events.filter(({ actor }) => actor === "bob")).toEqual([]);
      const waited = indexOf("waited-out");
      const [sentinel] = ofKind(events, "sentinel-ended");
      expect(indexOf("opened", sentinel?.actor)).toBeGreaterThan(waited);
    }
    const sentinels = finished.map(
      ({ attempts }) => ofKind(attempts[0]?.events ?? [], "sentinel-ended")[0]?.actor,
    );
    expect(new Set(sentinels).size).toBeLessThan(sentinels.length);
  },
);

test("a target whose loop stops at the leaver does not reach the younger observer", async () => {
  const order: string[] = [];
  const tell: Tell = (event, { client = "" }, { sessions, say }) => {
    if (event === "join") order.push(client);
    if (event === "join" || !client.startsWith("alice")) return say({ event, clientData: client });
    for (const one of sessions) {
      if (order.indexOf(one.client ?? "") > order.indexOf(client)) continue;
      one.tell("/topic/", JSON.stringify({ event, clientData: client })).catch(() => undefined);
    }
  };
  const { finished } = await against({ tell }, watched(3));
  expect(finished.map(failedIn)).toEqual(finished.map(() => ["HEARS"]));
});

/** Returns a target that harms an observer once: the newest one that was there before the first leaver came. */
function harming(harm: (observer: SampleSession, say: (message: object) => void) => void): Tell {
  const joined: (string | undefined)[] = [];
  let isHarmed = false;
  return (event, { client }, { sessions, say }) => {
    say({ event, clientData: client });
    if (event === "join") joined.push(client);
    if (isHarmed || event !== "leave" || client?.startsWith("alice") !== true) return;
    isHarmed = true;
    const firstLeaver = joined.findIndex((one) => one?.startsWith("alice"));
    const observers = joined.slice(0, firstLeaver).filter((one) => one?.startsWith("observer"));
    const observer = [...sessions].find((one) => one.client === observers.at(-1));
    if (observer === undefined) throw new Error("no observer is older than the first leaver");
    harm(observer, say);
  };
}

/** Returns cases in which nobody leaves before all have their leaver, so that all share an observer then. */
function watchedTogether(count: number) {
  const arrivals = new EventEmitter();
  const all = once(arrivals, "all");
  let arrived = 0;
  return watched(count, () => {
    if ((arrived += 1) === count) arrivals.emit("all");
    return all;
  });
}

describe("a target that harms observers", () => {
  test(
    "by closing one is a finding of the run, and all cases are judged by observers of their own",
    { timeout: 60_000 },
    async () => {
      const tell = harming(({ socket }) => socket.terminate());
      const { finished, lostClients } = await against({ tell }, watchedTogether(8));
      const lost = finished.filter(({ attempts }) =>
        attempts.some(({ events }) => ofKind(events, "observer-lost").length > 0),
      );
      expect(lost.length).toBeGreaterThan(0);
      expect(finished.map(failedIn).filter((failed) => failed.length > 0)).toEqual([]);
      expect(lostClients).toHaveLength(1);
      expect(lostClients[0]?.reason).toMatch(/^the target closed observer-/);
      for (const one of lost) {
        expect(kindsIn(one)).toEqual(["pass"]);
        const last = one.attempts.at(-1)?.events ?? [];
        expect(new Set(last.map(({ actor }) => actor))).toContain("bob");
      }
    },
  );

  test("by announcing one that lives fails one case", async () => {
    const tell = harming(({ client }, say) => say({ event: "leave", clientData: client }));
    const { finished } = await against({ tell }, watchedTogether(8));
    expect(finished.map(failedIn).filter((failed) => failed.length > 0)).toEqual([["FALSE"]]);
  });
});

test("a second leave is found long after its case is over", { timeout: 30_000 }, async () => {
  let first: string | undefined;
  const tell: Tell = (event, { client }, { say }) => {
    say({ event, clientData: client });
    if (event !== "leave" || client?.startsWith("alice") !== true || first !== undefined) return;
    first = client;
    setTimeout(() => say({ event, clientData: client }), 2_500);
  };
  const long = watched(1, (stage) => stage.wait(4_000)).map((one) => ({ ...one, id: "long" }));
  const { finished } = await against({ tell }, [...watched(2), ...long]);
  expect(finished.map(failedIn).filter((failed) => failed.length > 0)).toEqual([["TWICE"]]);
});
