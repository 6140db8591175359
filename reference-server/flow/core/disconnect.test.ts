import { describe, expect, it } from "vitest";
import { frame } from "../../stomp/frame.ts";
import { SessionDriver, eventsIn, framesIn, kindsIn, noticesIn } from "../../testing/session-driver.ts";
import type { Cause } from "./events.ts";
import type { CoreConfig, Input } from "./model.ts";
import { isOver } from "./session.ts";

function identified(config: Partial<CoreConfig> = {}): SessionDriver {
  const driver = new SessionDriver(config);
  driver.connect({ "accept-version": "1.2", "heart-beat": "100,200" });
  driver.frame("SUBSCRIBE", { id: "a", destination: "/topic/" });
  driver.identify("A");
  driver.stored();
  return driver;
}

const row = (sessionsLeft = 0) => ({
  sessionId: "id",
  ref: "public",
  person: '"A"',
  clientData: "A",
  sessionsLeft,
});
const remove = { kind: "remove", sessionId: "id" };
const leave = (cause: Cause) => ({ event: "leave", ref: "public", clientData: "A", cause });
const gone: Input = { kind: "connection-ended", cause: "lost", detail: "1006" };

const endings: readonly (readonly [
  string,
  Cause,
  (driver: SessionDriver) => ReturnType<SessionDriver["give"]>,
])[] = [
  ["DISCONNECT", "disconnect", (driver) => driver.frame("DISCONNECT")],
  [
    "a closed transport",
    "closed",
    (driver) => driver.give({ kind: "connection-ended", cause: "closed", detail: "1000" }),
  ],
  ["a lost transport", "lost", (driver) => driver.give(gone)],
  [
    "a broken frame",
    "error",
    (driver) => driver.give({ kind: "violation", message: "bad", closeCode: 1002 }),
  ],
  ["a refused frame", "error", (driver) => driver.frame("NONSENSE")],
  ["silence", "silence", (driver) => driver.at(300).give({ kind: "deadline" })],
  ["slow reading", "slow", (driver) => driver.give({ kind: "slow" })],
  ["the server's stop", "server-stop", (driver) => driver.give({ kind: "stop" })],
];

describe.each(endings)("an ending by %s", (_, cause, bring) => {
  it("publishes session-disconnect, removes the mapping, and then announces the leave", () => {
    const driver = identified();
    const effects = bring(driver);
    expect(eventsIn(effects)).toEqual([
      { name: "session-disconnect", cause, detail: expect.any(String) as string },
    ]);
    expect(effects.at(-1)).toEqual(remove);
    expect(noticesIn(effects)).toEqual([]);
    expect(driver.session).toMatchObject({ phase: "ended", cause });
    expect(driver.give({ kind: "removed", removed: row() })).toEqual([
      { kind: "announce", notice: leave(cause) },
    ]);
  });

  it("happens once, whatever follows", () => {
    const driver = identified();
    bring(driver);
    const later: Input[] = [
      gone,
      { kind: "frame", frame: frame("DISCONNECT", {}) },
      { kind: "frame", frame: frame("SEND", { destination: "/ws" }, '{"clientData":"B"}') },
      { kind: "violation", message: "bad", closeCode: 1002 },
      { kind: "bytes", partial: true },
      { kind: "slow" },
      { kind: "stop" },
      { kind: "deliver", destination: "/topic/", body: "{}", from: "other" },
      { kind: "roster", subscription: "a", roster: [] },
      gone,
    ];
    for (const input of later) expect(driver.give(input), input.kind).toEqual([]);
    expect(driver.session).toMatchObject({ phase: "ended", cause, connection: "closed" });
    expect(noticesIn(driver.give({ kind: "removed", removed: row() }))).toEqual([leave(cause)]);
    expect(isOver(driver.session)).toBe(true);
  });

  it("of an unidentified session announces nothing", () => {
    const driver = new SessionDriver();
    driver.connect({ "accept-version": "1.2", "heart-beat": "100,200" });
    const effects = bring(driver);
    expect(kindsIn(effects)).not.toContain("remove");
    expect(noticesIn(effects)).toEqual([]);
  });

  it("that overtakes an identify waits for the store and removes its mapping", () => {
    const driver = new SessionDriver();
    driver.connect({ "accept-version": "1.2", "heart-beat": "100,200" });
    driver.identify("A", { receipt: "r" });
    driver.identify("B");
    expect(kindsIn(bring(driver))).not.toContain("remove");
    expect(kindsIn(driver.stored()).filter((kind) => kind !== "send")).toEqual([
      "publish",
      "announce",
      "put",
    ]);
    const last = driver.stored(row());
    expect(kindsIn(last)).toEqual(["publish", "announce", "remove"]);
    expect(noticesIn(driver.give({ kind: "removed", removed: row() }))).toEqual([leave(cause)]);
  });
});

describe("DISCONNECT", () => {
  it("gets its RECEIPT, and the client has the linger time to close", () => {
    const driver = identified();
    driver.at(10);
    expect(eventsIn(identified().frame("DISCONNECT"))).toMatchObject([
      { cause: "disconnect", detail: "DISCONNECT" },
    ]);
    expect(framesIn(driver.frame("DISCONNECT", { receipt: "bye" }))).toEqual([
      frame("RECEIPT", { "receipt-id": "bye" }),
    ]);
    expect(driver.deadlineMs).toBe(60);
    expect(driver.at(59).give({ kind: "deadline" })).toEqual([]);
    expect(driver.at(60).give({ kind: "deadline" })).toEqual([
      { kind: "close", code: 1000, reason: "goodbye" },
    ]);
    expect(driver.session.connection).toBe("closing");
    expect(driver.deadlineMs).toBe(Infinity);
    expect(driver.at(200).give({ kind: "deadline" })).toEqual([]);
  });

  it("does not suppress the RECEIPT of an earlier identify while the connection is open", () => {
    const driver = new SessionDriver();
    driver.connect();
    driver.identify("A", { receipt: "r" });
    driver.frame("DISCONNECT");
    expect(framesIn(driver.stored())).toEqual([frame("RECEIPT", { "receipt-id": "r" })]);
    const gonePast = new SessionDriver();
    gonePast.connect();
    gonePast.identify("A", { receipt: "r" });
    gonePast.give(gone);
    expect(framesIn(gonePast.stored())).toEqual([]);
  });

  it("has no body", () => {
    const driver = identified();
    expect(framesIn(driver.frame("DISCONNECT", {}, "x"))[0]?.body).toBe("DISCONNECT has no body");
  });
});

describe("an error", () => {
  it("sends an ERROR frame, then closes", () => {
    const driver = identified();
    const effects = driver.give({ kind: "violation", message: "né\n".padEnd(200, "x"), closeCode: 1009 });
    const [error, close] = effects;
    const message = "né\n".padEnd(200, "x");
    expect(error).toEqual({
      kind: "send",
      frame: frame("ERROR", { message, "content-type": "text/plain" }, message),
    });
    expect(close).toEqual({ kind: "close", code: 1009, reason: "n??".padEnd(123, "x") });
    expect(driver.session.connection).toBe("closing");
    expect(driver.deadlineMs).toBe(Infinity);
  });

  it("names the frame's receipt, if any", () => {
    const [error] = framesIn(identified().frame("BEGIN"));
    expect([...(error?.headers.keys() ?? [])]).toEqual(["message", "content-type"]);
    expect(framesIn(identified().frame("BEGIN", { receipt: "r" }))).toEqual([
      frame(
        "ERROR",
        { message: "BEGIN is not supported", "content-type": "text/plain", "receipt-id": "r" },
        "BEGIN is not supported",
      ),
    ]);
  });
});

describe("the server's own endings", () => {
  it.each([
    [{ kind: "slow" }, 1008, "the client reads too slowly"],
    [{ kind: "stop" }, 1001, "the server stops"],
  ] as const)("close with a code that says why: %j", (input, code, reason) => {
    const driver = identified();
    const effects = driver.give(input);
    expect(driver.session.connection).toBe("closing");
    expect(effects.slice(0, 2)).toEqual([
      { kind: "close", code, reason },
      {
        kind: "publish",
        event: {
          name: "session-disconnect",
          cause: input.kind === "slow" ? "slow" : "server-stop",
          detail: reason,
        },
      },
    ]);
  });
});

describe("removing", () => {
  it("announces nothing if another operation removed the mapping", () => {
    const driver = identified();
    driver.give(gone);
    expect(driver.give({ kind: "removed", removed: null })).toEqual([]);
    expect(isOver(driver.session)).toBe(true);
  });

  it("under the policy person announces only the last session", () => {
    for (const [sessionsLeft, leaves] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const driver = identified({ policy: "person" });
      driver.give(gone);
      expect(noticesIn(driver.give({ kind: "removed", removed: row(sessionsLeft) }))).toHaveLength(leaves);
    }
    const driver = identified();
    driver.give(gone);
    expect(noticesIn(driver.give({ kind: "removed", removed: row(1) }))).toHaveLength(1);
  });

  it("announces nothing for a live session", () => {
    const driver = identified();
    expect(driver.give({ kind: "removed", removed: row() })).toEqual([]);
  });
});

describe("isOver", () => {
  it("is true after the end, without connection, mapping and pending store work", () => {
    const driver = identified();
    expect(isOver(driver.session)).toBe(false);
    driver.frame("DISCONNECT");
    driver.give({ kind: "removed", removed: row() });
    expect(isOver(driver.session)).toBe(false);
    driver.give(gone);
    expect(isOver(driver.session)).toBe(true);
    const waiting = new SessionDriver();
    waiting.connect();
    waiting.identify("A");
    waiting.give(gone);
    expect(isOver(waiting.session)).toBe(false);
    waiting.stored();
    expect(isOver(waiting.session)).toBe(false);
  });
});

describe("a failing store", () => {
  const failed = (during: "put" | "remove" | "roster"): Input => ({
    kind: "store-failed",
    during,
    reason: "disk full",
  });
  const told = { name: "store-failed", reason: "disk full" };
  const message = "the store failed; try again later";

  it("ends the session after a failed put, as unidentified", () => {
    const driver = new SessionDriver();
    driver.connect();
    driver.identify("A", { receipt: "r" });
    driver.identify("B");
    const effects = driver.give(failed("put"));
    expect(eventsIn(effects)).toEqual([
      told,
      { name: "session-disconnect", cause: "error", detail: message },
    ]);
    expect(framesIn(effects).map(({ command, body }) => [command, body])).toEqual([["ERROR", message]]);
    expect(effects).toContainEqual({ kind: "close", code: 1011, reason: message });
    expect(kindsIn(effects)).not.toContain("remove");
    driver.give(gone);
    expect(isOver(driver.session)).toBe(true);
  });

  it("removes the earlier mapping after a failed second put", () => {
    const driver = identified();
    driver.identify("B");
    expect(driver.give(failed("put")).at(-1)).toEqual(remove);
  });

  it("removes the earlier mapping if the put fails after the end", () => {
    const driver = identified();
    driver.identify("B");
    driver.give(gone);
    expect(driver.give(failed("put"))).toEqual([{ kind: "publish", event: told }, remove]);
  });

  it("announces the leave after a failed remove", () => {
    const driver = identified();
    driver.give(gone);
    const effects = driver.give(failed("remove"));
    expect(eventsIn(effects)).toEqual([told]);
    expect(noticesIn(effects)).toEqual([{ event: "leave", ref: "ref", clientData: "A", cause: "lost" }]);
    expect(isOver(driver.session)).toBe(true);
    expect(noticesIn(driver.give(failed("remove")))).toEqual([]);
  });

  it("announces nothing after a failed remove under policy person", () => {
    const driver = identified({ policy: "person" });
    driver.give(gone);
    expect(noticesIn(driver.give(failed("remove")))).toEqual([]);
  });

  it("ends the session after a failed roster query, and removes its mapping once", () => {
    const driver = identified();
    const effects = driver.give(failed("roster"));
    expect(eventsIn(effects).map(({ name }) => name)).toEqual(["store-failed", "session-disconnect"]);
    expect(effects.filter(({ kind }) => kind === "remove")).toHaveLength(1);
    expect(driver.give(failed("roster"))).toEqual([{ kind: "publish", event: told }]);
  });

  it("announces nothing after a failed remove for a live session", () => {
    expect(identified().give(failed("remove"))).toEqual([{ kind: "publish", event: told }]);
  });
});
