import { describe, expect, it } from "vitest";
import { frame } from "../../stomp/frame.ts";
import { SessionDriver, eventsIn, framesIn, kindsIn, noticesIn } from "../../testing/session-driver.ts";
import type { Cause } from "./events.ts";
import type { CoreConfig, Input } from "./model.ts";
import { isOver } from "./session.ts";

function identified(config: Partial<CoreConfig> = {}): SessionDriver {
  const life = new SessionDriver(config);
  life.connect({ "accept-version": "1.2", "heart-beat": "100,200" });
  life.frame("SUBSCRIBE", { id: "a", destination: "/topic/" });
  life.identify("A");
  life.stored();
  return life;
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
  (life: SessionDriver) => ReturnType<SessionDriver["give"]>,
])[] = [
  ["DISCONNECT", "disconnect", (life) => life.frame("DISCONNECT")],
  [
    "a closed transport",
    "closed",
    (life) => life.give({ kind: "connection-ended", cause: "closed", detail: "1000" }),
  ],
  ["a lost transport", "lost", (life) => life.give(gone)],
  ["a broken frame", "error", (life) => life.give({ kind: "violation", message: "bad", closeCode: 1002 })],
  ["a refused frame", "error", (life) => life.frame("NONSENSE")],
  ["silence", "silence", (life) => life.at(300).give({ kind: "deadline" })],
  ["slow reading", "slow", (life) => life.give({ kind: "slow" })],
  ["the server's stop", "server-stop", (life) => life.give({ kind: "stop" })],
];

describe.each(endings)("an ending by %s", (_, cause, bring) => {
  it("tells session-disconnect, looks up and removes the mapping, and then announces the leave", () => {
    const life = identified();
    const effects = bring(life);
    expect(eventsIn(effects)).toEqual([
      { name: "session-disconnect", cause, detail: expect.any(String) as string },
    ]);
    expect(effects.at(-1)).toEqual(remove);
    expect(noticesIn(effects)).toEqual([]);
    expect(life.session).toMatchObject({ phase: "ended", cause });
    expect(life.give({ kind: "removed", removed: row() })).toEqual([
      { kind: "announce", notice: leave(cause) },
    ]);
  });

  it("comes once, whatever happens afterwards", () => {
    const life = identified();
    bring(life);
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
    for (const input of later) expect(life.give(input), input.kind).toEqual([]);
    expect(life.session).toMatchObject({ phase: "ended", cause, connection: "closed" });
    expect(noticesIn(life.give({ kind: "removed", removed: row() }))).toEqual([leave(cause)]);
    expect(isOver(life.session)).toBe(true);
  });

  it("of a session that never identified announces nobody", () => {
    const life = new SessionDriver();
    life.connect({ "accept-version": "1.2", "heart-beat": "100,200" });
    const effects = bring(life);
    expect(kindsIn(effects)).not.toContain("remove");
    expect(noticesIn(effects)).toEqual([]);
  });

  it("that overtakes an identify waits for the store, and leaves nothing there", () => {
    const life = new SessionDriver();
    life.connect({ "accept-version": "1.2", "heart-beat": "100,200" });
    life.identify("A", { receipt: "r" });
    life.identify("B");
    expect(kindsIn(bring(life))).not.toContain("remove");
    expect(kindsIn(life.stored()).filter((kind) => kind !== "send")).toEqual(["publish", "announce", "put"]);
    const last = life.stored(row());
    expect(kindsIn(last)).toEqual(["publish", "announce", "remove"]);
    expect(noticesIn(life.give({ kind: "removed", removed: row() }))).toEqual([leave(cause)]);
  });
});

describe("DISCONNECT", () => {
  it("is confirmed, and the client has the linger time to close", () => {
    const life = identified();
    life.at(10);
    expect(eventsIn(identified().frame("DISCONNECT"))).toMatchObject([
      { cause: "disconnect", detail: "DISCONNECT" },
    ]);
    expect(framesIn(life.frame("DISCONNECT", { receipt: "bye" }))).toEqual([
      frame("RECEIPT", { "receipt-id": "bye" }),
    ]);
    expect(life.deadlineMs).toBe(60);
    expect(life.at(59).give({ kind: "deadline" })).toEqual([]);
    expect(life.at(60).give({ kind: "deadline" })).toEqual([
      { kind: "close", code: 1000, reason: "goodbye" },
    ]);
    expect(life.session.connection).toBe("closing");
    expect(life.deadlineMs).toBe(Infinity);
    expect(life.at(200).give({ kind: "deadline" })).toEqual([]);
  });

  it("that overtakes an identify with a receipt still lets it be confirmed while the transport is open", () => {
    const life = new SessionDriver();
    life.connect();
    life.identify("A", { receipt: "r" });
    life.frame("DISCONNECT");
    expect(framesIn(life.stored())).toEqual([frame("RECEIPT", { "receipt-id": "r" })]);
    const gonePast = new SessionDriver();
    gonePast.connect();
    gonePast.identify("A", { receipt: "r" });
    gonePast.give(gone);
    expect(framesIn(gonePast.stored())).toEqual([]);
  });

  it("has no body", () => {
    const life = identified();
    expect(framesIn(life.frame("DISCONNECT", {}, "x"))[0]?.body).toBe("DISCONNECT has no body");
  });
});

describe("an error", () => {
  it("is told in an ERROR frame, followed by close", () => {
    const life = identified();
    const effects = life.give({ kind: "violation", message: "né\n".padEnd(200, "x"), closeCode: 1009 });
    const [error, close] = effects;
    const message = "né\n".padEnd(200, "x");
    expect(error).toEqual({
      kind: "send",
      frame: frame("ERROR", { message, "content-type": "text/plain" }, message),
    });
    expect(close).toEqual({ kind: "close", code: 1009, reason: "n??".padEnd(123, "x") });
    expect(life.session.connection).toBe("closing");
    expect(life.deadlineMs).toBe(Infinity);
  });

  it("names the frame's receipt, if it has one", () => {
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
    const life = identified();
    const effects = life.give(input);
    expect(life.session.connection).toBe("closing");
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
  it("what somebody else removed announces nothing", () => {
    const life = identified();
    life.give(gone);
    expect(life.give({ kind: "removed", removed: null })).toEqual([]);
    expect(isOver(life.session)).toBe(true);
  });

  it("under the policy person announces only the last session", () => {
    for (const [sessionsLeft, leaves] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const life = identified({ policy: "person" });
      life.give(gone);
      expect(noticesIn(life.give({ kind: "removed", removed: row(sessionsLeft) }))).toHaveLength(leaves);
    }
    const life = identified();
    life.give(gone);
    expect(noticesIn(life.give({ kind: "removed", removed: row(1) }))).toHaveLength(1);
  });

  it("unasked, from a session that lives, announces nothing", () => {
    const life = identified();
    expect(life.give({ kind: "removed", removed: row() })).toEqual([]);
  });
});

describe("isOver", () => {
  it("needs the end, the transport gone, and nothing left in the store or on its way there", () => {
    const life = identified();
    expect(isOver(life.session)).toBe(false);
    life.frame("DISCONNECT");
    life.give({ kind: "removed", removed: row() });
    expect(isOver(life.session)).toBe(false);
    life.give(gone);
    expect(isOver(life.session)).toBe(true);
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

  it("that can't put ends the session, which counts as never identified", () => {
    const life = new SessionDriver();
    life.connect();
    life.identify("A", { receipt: "r" });
    life.identify("B");
    const effects = life.give(failed("put"));
    expect(eventsIn(effects)).toEqual([
      told,
      { name: "session-disconnect", cause: "error", detail: message },
    ]);
    expect(framesIn(effects).map(({ command, body }) => [command, body])).toEqual([["ERROR", message]]);
    expect(effects).toContainEqual({ kind: "close", code: 1011, reason: message });
    expect(kindsIn(effects)).not.toContain("remove");
    life.give(gone);
    expect(isOver(life.session)).toBe(true);
  });

  it("that can't put again removes what it put before", () => {
    const life = identified();
    life.identify("B");
    expect(life.give(failed("put")).at(-1)).toEqual(remove);
  });

  it("that can't put when the session has ended removes what it put before", () => {
    const life = identified();
    life.identify("B");
    life.give(gone);
    expect(life.give(failed("put"))).toEqual([{ kind: "publish", event: told }, remove]);
  });

  it("that can't remove doesn't keep the others from hearing of the leave", () => {
    const life = identified();
    life.give(gone);
    const effects = life.give(failed("remove"));
    expect(eventsIn(effects)).toEqual([told]);
    expect(noticesIn(effects)).toEqual([{ event: "leave", ref: "ref", clientData: "A", cause: "lost" }]);
    expect(isOver(life.session)).toBe(true);
    expect(noticesIn(life.give(failed("remove")))).toEqual([]);
  });

  it("that can't remove under the policy person announces nothing, since others may be there", () => {
    const life = identified({ policy: "person" });
    life.give(gone);
    expect(noticesIn(life.give(failed("remove")))).toEqual([]);
  });

  it("that can't read the roster ends the session, and its mapping is removed once", () => {
    const life = identified();
    const effects = life.give(failed("roster"));
    expect(eventsIn(effects).map(({ name }) => name)).toEqual(["store-failed", "session-disconnect"]);
    expect(effects.filter(({ kind }) => kind === "remove")).toHaveLength(1);
    expect(life.give(failed("roster"))).toEqual([{ kind: "publish", event: told }]);
  });

  it("whose remove failed for a session that lives announces nothing", () => {
    expect(identified().give(failed("remove"))).toEqual([{ kind: "publish", event: told }]);
  });
});
