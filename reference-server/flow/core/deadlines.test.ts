import { describe, expect, it } from "vitest";
import { SessionDriver, eventsIn, framesIn } from "../../testing/session-driver.ts";

function connected(heartBeat = "100,200"): SessionDriver {
  const life = new SessionDriver();
  life.at(1000).connect({ "accept-version": "1.2", "heart-beat": heartBeat });
  return life;
}

const time = { kind: "deadline" } as const;
const hear = (life: SessionDriver, atMs: number, partial = false) =>
  life.at(atMs).give({ kind: "bytes", partial });

describe("before CONNECT", () => {
  it("a session has the connect time-out, whatever it sends", () => {
    const life = new SessionDriver();
    expect(life.deadlineMs).toBe(1000);
    hear(life, 900);
    expect(life.deadlineMs).toBe(1000);
    expect(life.at(999.9).give(time)).toEqual([]);
    const effects = life.at(1000).give(time);
    expect(framesIn(effects)[0]?.body).toBe("no CONNECT within 1000 ms");
    expect(effects).toContainEqual({ kind: "close", code: 1008, reason: "no CONNECT within 1000 ms" });
  });
});

describe("silence", () => {
  it("is three intervals without a byte, with the factor three, and not a moment less", () => {
    const life = connected("100,0");
    hear(life, 1040);
    expect(life.deadlineMs).toBe(1340);
    expect(life.at(1339.9).give(time)).toEqual([]);
    const effects = life.at(1340).give(time);
    expect(effects).toEqual([
      { kind: "close", code: 1002, reason: "no heartbeat" },
      { kind: "publish", event: { name: "session-disconnect", cause: "silence", detail: "no heartbeat" } },
    ]);
  });

  it("is broken by any bytes", () => {
    const life = connected("100,0");
    for (let atMs = 1250; atMs < 5000; atMs += 250) {
      expect(life.at(atMs).give(time)).toEqual([]);
      hear(life, atMs);
    }
    expect(life.session.phase).toBe("connected");
  });

  it("means nothing where no heartbeat from the client was agreed", () => {
    const life = connected("0,0");
    expect(life.deadlineMs).toBe(Infinity);
    expect(life.at(1e9).give(time)).toEqual([]);
    expect(life.session.phase).toBe("connected");
  });
});

describe("the server's heartbeat", () => {
  it("goes out after three quarters of the interval in which nothing else did", () => {
    const life = connected("0,200");
    expect(life.deadlineMs).toBe(1150);
    expect(life.at(1149).give(time)).toEqual([]);
    expect(life.at(1150).give(time)).toEqual([{ kind: "heartbeat" }]);
    expect(life.deadlineMs).toBe(1300);
    life.at(1200).frame("UNSUBSCRIBE", { id: "x", receipt: "r" });
    expect(life.deadlineMs).toBe(1350);
    life.at(1210).frame("UNSUBSCRIBE", { id: "x" });
    expect(life.deadlineMs).toBe(1350);
  });

  it("doesn't hide a silence", () => {
    const life = connected("100,200");
    expect(eventsIn(life.at(1300).give(time))).toMatchObject([{ cause: "silence" }]);
  });
});

describe("a frame that stays unfinished", () => {
  it("is an error after the frame time-out, counted from its first byte", () => {
    const life = connected("0,0");
    hear(life, 1100, true);
    hear(life, 1400, true);
    expect(life.deadlineMs).toBe(1600);
    expect(life.at(1599).give(time)).toEqual([]);
    const effects = life.at(1600).give(time);
    expect(framesIn(effects)[0]?.body).toBe("a frame took longer than 500 ms");
    expect(effects).toContainEqual({ kind: "close", code: 1008, reason: "a frame took longer than 500 ms" });
  });

  it("is forgotten when it is finished", () => {
    const life = connected("0,0");
    hear(life, 1100, true);
    hear(life, 1200, false);
    expect(life.deadlineMs).toBe(Infinity);
    hear(life, 1300, true);
    life.at(1400).frame("UNSUBSCRIBE", { id: "x" });
    hear(life, 1400, true);
    expect(life.deadlineMs).toBe(1900);
  });

  it("doesn't go before a heartbeat that is due earlier", () => {
    const life = connected("0,200");
    hear(life, 1100, true);
    expect(life.deadlineMs).toBe(1150);
    expect(life.at(1150).give(time)).toEqual([{ kind: "heartbeat" }]);
  });
});
