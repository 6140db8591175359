import { describe, expect, it } from "vitest";
import { frame } from "../../stomp/frame.ts";
import { SessionDriver, eventsIn, framesIn, kindsIn } from "../../testing/session-driver.ts";

function connected(version = "1.2"): SessionDriver {
  const driver = new SessionDriver();
  driver.connect({ "accept-version": version });
  return driver;
}

const subscribe = (driver: SessionDriver, id: string, headers: Readonly<Record<string, string>> = {}) =>
  driver.frame("SUBSCRIBE", { id, destination: "/topic/", ...headers });
const deliver = (driver: SessionDriver, from = "other", destination = "/topic/") =>
  driver.give({ kind: "deliver", destination, body: "{}", from });
const message = (id: string, number: number, body = "{}", destination = "/topic/") =>
  frame(
    "MESSAGE",
    { destination, subscription: id, "message-id": `id-${number}`, "content-type": "application/json" },
    body,
  );

describe("SUBSCRIBE", () => {
  it("receives each notice once per subscription, numbered", () => {
    const driver = connected();
    subscribe(driver, "a");
    subscribe(driver, "b");
    subscribe(driver, "c", { destination: "/topic/elsewhere" });
    expect(framesIn(deliver(driver))).toEqual([message("a", 1), message("b", 2)]);
    expect(framesIn(deliver(driver))).toEqual([message("a", 3), message("b", 4)]);
  });

  it("receives no notice about the session itself", () => {
    const driver = connected();
    subscribe(driver, "a");
    expect(deliver(driver, "id")).toEqual([]);
  });

  it("publishes session-subscribe, and sends a RECEIPT if requested", () => {
    const driver = connected();
    expect(subscribe(driver, "a")).toEqual([
      { kind: "publish", event: { name: "session-subscribe", subscription: "a", destination: "/topic/" } },
    ]);
    expect(framesIn(subscribe(driver, "b", { receipt: "r1" }))).toEqual([
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
    const driver = connected();
    subscribe(driver, "a");
    const effects = driver.frame("SUBSCRIBE", { ...headers, receipt: "r" });
    expect(framesIn(effects)).toEqual([
      frame("ERROR", { message: problem, "content-type": "text/plain", "receipt-id": "r" }, problem),
    ]);
    expect(driver.session.phase).toBe("ended");
  });

  it("is refused beyond the limit", () => {
    const driver = connected();
    for (const id of ["a", "b", "c"]) subscribe(driver, id, { ack: "auto" });
    expect(driver.session.phase).toBe("connected");
    expect(framesIn(subscribe(driver, "d"))[0]?.body).toBe("a session may have at most 3 subscriptions");
  });

  it("of STOMP 1.0 may use its destination as id", () => {
    const driver = connected("1.0");
    driver.frame("SUBSCRIBE", { destination: "/topic/" });
    expect(framesIn(deliver(driver))).toEqual([message("/topic/", 1)]);
    driver.frame("UNSUBSCRIBE", { destination: "/topic/" });
    expect(deliver(driver)).toEqual([]);
    expect(connected("1.1").frame("SUBSCRIBE", { destination: "/topic/" })).toHaveLength(3);
  });
});

describe("UNSUBSCRIBE", () => {
  it("ends one subscription, publishes session-unsubscribe, and sends a RECEIPT", () => {
    const driver = connected();
    subscribe(driver, "a");
    subscribe(driver, "b");
    const effects = driver.frame("UNSUBSCRIBE", { id: "a", receipt: "r" });
    expect(eventsIn(effects)).toEqual([{ name: "session-unsubscribe", subscription: "a" }]);
    expect(framesIn(effects)).toEqual([frame("RECEIPT", { "receipt-id": "r" })]);
    expect(framesIn(deliver(driver))).toEqual([message("b", 1)]);
  });

  it("with an unknown id changes nothing", () => {
    const driver = connected();
    expect(driver.frame("UNSUBSCRIBE", { id: "x", receipt: "r" })).toEqual([
      { kind: "send", frame: frame("RECEIPT", { "receipt-id": "r" }) },
    ]);
    expect(driver.session.phase).toBe("connected");
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
    const driver = connected();
    const effects = subscribe(driver, "a", { destination: "/app/roster", receipt: "r" });
    expect(kindsIn(effects)).toEqual(["publish", "send", "read-roster"]);
    expect(effects.at(-1)).toEqual({ kind: "read-roster", subscription: "a" });
    expect(framesIn(driver.give({ kind: "roster", subscription: "a", roster }))).toEqual([
      message("a", 1, '[{"ref":"r","clientData":"A"}]', "/app/roster"),
    ]);
  });

  it("is not read for another subscription", () => {
    expect(kindsIn(subscribe(connected(), "a"))).toEqual(["publish"]);
  });

  it("is not sent after UNSUBSCRIBE, nor if the id was reused", () => {
    const driver = connected();
    subscribe(driver, "a", { destination: "/app/roster" });
    driver.frame("UNSUBSCRIBE", { id: "a" });
    expect(driver.give({ kind: "roster", subscription: "a", roster })).toEqual([]);
    subscribe(driver, "a");
    expect(driver.give({ kind: "roster", subscription: "a", roster })).toEqual([]);
  });
});
