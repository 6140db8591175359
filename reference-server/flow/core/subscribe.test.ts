import { describe, expect, it } from "vitest";
import { frame } from "../../stomp/frame.ts";
import { SessionDriver, eventsIn, framesIn, kindsIn } from "../../testing/session-driver.ts";

function connected(version = "1.2"): SessionDriver {
  const life = new SessionDriver();
  life.connect({ "accept-version": version });
  return life;
}

const subscribe = (life: SessionDriver, id: string, headers: Readonly<Record<string, string>> = {}) =>
  life.frame("SUBSCRIBE", { id, destination: "/topic/", ...headers });
const deliver = (life: SessionDriver, from = "other", destination = "/topic/") =>
  life.give({ kind: "deliver", destination, body: "{}", from });
const message = (id: string, number: number, body = "{}", destination = "/topic/") =>
  frame(
    "MESSAGE",
    { destination, subscription: id, "message-id": `id-${number}`, "content-type": "application/json" },
    body,
  );

describe("SUBSCRIBE", () => {
  it("brings what is published there, once for each subscription, numbered", () => {
    const life = connected();
    subscribe(life, "a");
    subscribe(life, "b");
    subscribe(life, "c", { destination: "/topic/elsewhere" });
    expect(framesIn(deliver(life))).toEqual([message("a", 1), message("b", 2)]);
    expect(framesIn(deliver(life))).toEqual([message("a", 3), message("b", 4)]);
  });

  it("brings nothing about the session itself", () => {
    const life = connected();
    subscribe(life, "a");
    expect(deliver(life, "id")).toEqual([]);
  });

  it("tells session-subscribe, and confirms with a RECEIPT if asked", () => {
    const life = connected();
    expect(subscribe(life, "a")).toEqual([
      { kind: "publish", event: { name: "session-subscribe", subscription: "a", destination: "/topic/" } },
    ]);
    expect(framesIn(subscribe(life, "b", { receipt: "r1" }))).toEqual([
      frame("RECEIPT", { "receipt-id": "r1" }),
    ]);
  });

  it.each([
    ["without an id", { destination: "/topic/" }, "SUBSCRIBE needs an id"],
    ["without a destination", { id: "b" }, "clients can SUBSCRIBE to /topic/ and /app/roster only"],
    [
      "to a destination that isn't there",
      { id: "b", destination: "/queue/x" },
      "clients can SUBSCRIBE to /topic/ and /app/roster only",
    ],
    ["with an id in use", { id: "a", destination: "/topic/" }, "this subscription id is in use"],
    [
      "that wants to acknowledge",
      { id: "b", destination: "/topic/", ack: "client" },
      "only ack:auto is supported",
    ],
  ])("%s is refused", (_, headers, problem) => {
    const life = connected();
    subscribe(life, "a");
    const effects = life.frame("SUBSCRIBE", { ...headers, receipt: "r" });
    expect(framesIn(effects)).toEqual([
      frame("ERROR", { message: problem, "content-type": "text/plain", "receipt-id": "r" }, problem),
    ]);
    expect(life.session.phase).toBe("ended");
  });

  it("is refused beyond the limit", () => {
    const life = connected();
    for (const id of ["a", "b", "c"]) subscribe(life, id, { ack: "auto" });
    expect(life.session.phase).toBe("connected");
    expect(framesIn(subscribe(life, "d"))[0]?.body).toBe("a session may have at most 3 subscriptions");
  });

  it("of STOMP 1.0 may have its destination for an id", () => {
    const life = connected("1.0");
    life.frame("SUBSCRIBE", { destination: "/topic/" });
    expect(framesIn(deliver(life))).toEqual([message("/topic/", 1)]);
    life.frame("UNSUBSCRIBE", { destination: "/topic/" });
    expect(deliver(life)).toEqual([]);
    expect(connected("1.1").frame("SUBSCRIBE", { destination: "/topic/" })).toHaveLength(3);
  });
});

describe("UNSUBSCRIBE", () => {
  it("ends one subscription, tells session-unsubscribe, and confirms", () => {
    const life = connected();
    subscribe(life, "a");
    subscribe(life, "b");
    const effects = life.frame("UNSUBSCRIBE", { id: "a", receipt: "r" });
    expect(eventsIn(effects)).toEqual([{ name: "session-unsubscribe", subscription: "a" }]);
    expect(framesIn(effects)).toEqual([frame("RECEIPT", { "receipt-id": "r" })]);
    expect(framesIn(deliver(life))).toEqual([message("b", 1)]);
  });

  it("from what isn't subscribed changes nothing", () => {
    const life = connected();
    expect(life.frame("UNSUBSCRIBE", { id: "x", receipt: "r" })).toEqual([
      { kind: "send", frame: frame("RECEIPT", { "receipt-id": "r" }) },
    ]);
    expect(life.session.phase).toBe("connected");
  });

  it("needs an id", () => {
    expect(framesIn(connected().frame("UNSUBSCRIBE", { destination: "/topic/" }))[0]?.body).toBe(
      "UNSUBSCRIBE needs an id",
    );
  });
});

describe("the roster", () => {
  const roster = [{ ref: "r", clientData: "A" }];

  it("answers a subscription once", () => {
    const life = connected();
    const effects = subscribe(life, "a", { destination: "/app/roster", receipt: "r" });
    expect(kindsIn(effects)).toEqual(["publish", "send", "read-roster"]);
    expect(effects.at(-1)).toEqual({ kind: "read-roster", subscription: "a" });
    expect(framesIn(life.give({ kind: "roster", subscription: "a", roster }))).toEqual([
      message("a", 1, '[{"ref":"r","clientData":"A"}]', "/app/roster"),
    ]);
  });

  it("isn't asked for by another subscription", () => {
    expect(kindsIn(subscribe(connected(), "a"))).toEqual(["publish"]);
  });

  it("comes to nobody who has unsubscribed, or has the id for something else by now", () => {
    const life = connected();
    subscribe(life, "a", { destination: "/app/roster" });
    life.frame("UNSUBSCRIBE", { id: "a" });
    expect(life.give({ kind: "roster", subscription: "a", roster })).toEqual([]);
    subscribe(life, "a");
    expect(life.give({ kind: "roster", subscription: "a", roster })).toEqual([]);
  });
});
