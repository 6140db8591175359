import { describe, expect, it } from "vitest";
import { SessionDriver, eventsIn, framesIn } from "../../testing/session-driver.ts";

function connected(heartBeat = "100,200"): SessionDriver {
  const driver = new SessionDriver();
  driver.at(1000).connect({ "accept-version": "1.2", "heart-beat": heartBeat });
  return driver;
}

const time = { kind: "deadline" } as const;
const hear = (driver: SessionDriver, atMs: number, partial = false) =>
  driver.at(atMs).give({ kind: "bytes", partial });

describe("before CONNECT", () => {
  it("a session has the connect time-out, whatever it sends", () => {
    const driver = new SessionDriver();
    expect(driver.deadlineMs).toBe(1000);
    hear(driver, 900);
    expect(driver.deadlineMs).toBe(1000);
    expect(driver.at(999.9).give(time)).toEqual([]);
    const effects = driver.at(1000).give(time);
    expect(framesIn(effects)[0]?.body).toBe("no CONNECT within 1000 ms");
    expect(effects).toContainEqual({ kind: "close", code: 1008, reason: "no CONNECT within 1000 ms" });
  });
});

describe("silence", () => {
  it("is three intervals without a byte, with the factor three, and not a moment less", () => {
    const driver = connected("100,0");
    hear(driver, 1040);
    expect(driver.deadlineMs).toBe(1340);
    expect(driver.at(1339.9).give(time)).toEqual([]);
    const effects = driver.at(1340).give(time);
    expect(effects).toEqual([
      { kind: "close", code: 1002, reason: "no heartbeat" },
      { kind: "publish", event: { name: "session-disconnect", cause: "silence", detail: "no heartbeat" } },
    ]);
  });

  it("is broken by any bytes", () => {
    const driver = connected("100,0");
    for (let atMs = 1250; atMs < 5000; atMs += 250) {
      expect(driver.at(atMs).give(time)).toEqual([]);
      hear(driver, atMs);
    }
    expect(driver.session.phase).toBe("connected");
  });

  it("means nothing where no heartbeat from the client was agreed", () => {
    const driver = connected("0,0");
    expect(driver.deadlineMs).toBe(Infinity);
    expect(driver.at(1e9).give(time)).toEqual([]);
    expect(driver.session.phase).toBe("connected");
  });
});

describe("the server's heartbeat", () => {
  it("goes out after three quarters of the interval in which nothing else did", () => {
    const driver = connected("0,200");
    expect(driver.deadlineMs).toBe(1150);
    expect(driver.at(1149).give(time)).toEqual([]);
    expect(driver.at(1150).give(time)).toEqual([{ kind: "heartbeat" }]);
    expect(driver.deadlineMs).toBe(1300);
    driver.at(1200).frame("UNSUBSCRIBE", { id: "x", receipt: "r" });
    expect(driver.deadlineMs).toBe(1350);
    driver.at(1210).frame("UNSUBSCRIBE", { id: "x" });
    expect(driver.deadlineMs).toBe(1350);
  });

  it("doesn't hide a silence", () => {
    const driver = connected("100,200");
    expect(eventsIn(driver.at(1300).give(time))).toMatchObject([{ cause: "silence" }]);
  });
});

describe("a frame that stays unfinished", () => {
  it("is an error after the frame time-out, counted from its first byte", () => {
    const driver = connected("0,0");
    hear(driver, 1100, true);
    hear(driver, 1400, true);
    expect(driver.deadlineMs).toBe(1600);
    expect(driver.at(1599).give(time)).toEqual([]);
    const effects = driver.at(1600).give(time);
    expect(framesIn(effects)[0]?.body).toBe("a frame took longer than 500 ms");
    expect(effects).toContainEqual({ kind: "close", code: 1008, reason: "a frame took longer than 500 ms" });
  });

  it("is forgotten when it is finished", () => {
    const driver = connected("0,0");
    hear(driver, 1100, true);
    hear(driver, 1200, false);
    expect(driver.deadlineMs).toBe(Infinity);
    hear(driver, 1300, true);
    driver.at(1400).frame("UNSUBSCRIBE", { id: "x" });
    hear(driver, 1400, true);
    expect(driver.deadlineMs).toBe(1900);
  });

  it("doesn't go before a heartbeat that is due earlier", () => {
    const driver = connected("0,200");
    hear(driver, 1100, true);
    expect(driver.deadlineMs).toBe(1150);
    expect(driver.at(1150).give(time)).toEqual([{ kind: "heartbeat" }]);
  });
});
