import { describe, expect, it } from "vitest";
import { frame } from "../../stomp/frame.ts";
import { SessionDriver, eventsIn, framesIn, kindsIn, noticesIn } from "../../testing/session-driver.ts";
import type { CoreConfig } from "./model.ts";

function connected(config: Partial<CoreConfig> = {}): SessionDriver {
  const driver = new SessionDriver(config);
  driver.connect();
  return driver;
}

const put = (clientData: string, ref = "ref", claimedSessionId: string | null = null) => ({
  kind: "put",
  mapping: { sessionId: "id", ref, person: JSON.stringify(clientData), clientData },
  claimedSessionId,
});
const join = (clientData: string, ref = "ref") => ({ event: "join", ref, clientData });
const was = (clientData: string, sessionsLeft = 0, ref = "ref") => ({
  sessionId: "id",
  ref,
  person: JSON.stringify(clientData),
  clientData,
  sessionsLeft,
});

describe("identify", () => {
  it("is stored first, then confirmed, then announced", () => {
    const driver = connected();
    expect(driver.identify("A", { receipt: "r" })).toEqual([put("A")]);
    const effects = driver.stored();
    expect(kindsIn(effects)).toEqual(["publish", "send", "announce"]);
    expect(eventsIn(effects)).toEqual([{ name: "session-identified", ref: "ref", claimedSessionId: null }]);
    expect(framesIn(effects)).toEqual([frame("RECEIPT", { "receipt-id": "r" })]);
    expect(noticesIn(effects)).toEqual([join("A")]);
  });

  it("binds to its own session, whatever session id its body contains", () => {
    const driver = connected();
    const body = JSON.stringify({ sessionId: "somebody else's", clientData: "A" });
    expect(driver.frame("SEND", { destination: "/ws" }, body)).toEqual([put("A", "ref", "somebody else's")]);
    expect(eventsIn(driver.stored())).toEqual([
      { name: "session-identified", ref: "ref", claimedSessionId: "somebody else's" },
    ]);
  });

  it("is announced again only with other data", () => {
    const driver = connected();
    driver.identify("A");
    driver.stored();
    expect(driver.identify("A")).toEqual([put("A")]);
    expect(noticesIn(driver.stored(was("A")))).toEqual([]);
    driver.identify("B");
    expect(noticesIn(driver.stored(was("A")))).toEqual([join("B")]);
    expect(driver.session.mapping?.clientData).toBe("B");
  });

  it("goes to the store one at a time, in order", () => {
    const driver = connected();
    expect(driver.identify("A", { receipt: "1" })).toEqual([put("A")]);
    expect(driver.identify("B", { receipt: "2" })).toEqual([]);
    const first = driver.stored();
    expect(kindsIn(first)).toEqual(["publish", "send", "announce", "put"]);
    expect(first).toContainEqual(put("B"));
    expect(framesIn(first)).toEqual([frame("RECEIPT", { "receipt-id": "1" })]);
    const second = driver.stored(was("A"));
    expect(framesIn(second)).toEqual([frame("RECEIPT", { "receipt-id": "2" })]);
    expect(noticesIn(second)).toEqual([join("B")]);
  });

  it("that is malformed is logged, gets no RECEIPT, and changes nothing", () => {
    const driver = connected();
    const before = driver.session;
    expect(driver.frame("SEND", { destination: "/ws", receipt: "r" }, "{")).toEqual([
      {
        kind: "publish",
        event: { name: "identify-refused", reason: expect.stringContaining("JSON") as string },
      },
    ]);
    expect(driver.session).toEqual(before);
    expect(driver.identify("A")).toEqual([put("A")]);
  });

  it.each([
    ["to a topic, which would forge a notice", { destination: "/topic/" }, "clients can SEND to /ws only"],
    ["to nowhere", {}, "clients can SEND to /ws only"],
    ["in a transaction", { destination: "/ws", transaction: "t" }, "transactions are not supported"],
  ])("%s is refused", (_, headers, problem) => {
    const driver = connected();
    const effects = driver.frame("SEND", headers, '{"clientData":"A"}');
    expect(framesIn(effects)[0]?.headers.get("message")).toBe(problem);
    expect(kindsIn(effects)).toEqual(["send", "close", "publish"]);
  });

  it("is refused if too many wait for the store", () => {
    const driver = connected();
    for (let sent = 0; sent < 32; sent++) driver.identify(`A${sent}`);
    expect(driver.session.phase).toBe("connected");
    const effects = driver.identify("one more");
    expect(framesIn(effects)[0]?.headers.get("message")).toBe("too many identify messages at once");
    expect(effects).toContainEqual({
      kind: "close",
      code: 1008,
      reason: "too many identify messages at once",
    });
    expect(driver.session).toMatchObject({ phase: "ended", cause: "error" });
  });

  it("answered without a put changes nothing", () => {
    const driver = connected();
    expect(driver.stored()).toEqual([]);
    expect(driver.session.mapping).toBeNull();
  });
});

describe("identify under the policy person", () => {
  const person = () => connected({ policy: "person" });
  const ref = (clientData: string) => `ref of ${JSON.stringify(clientData)}`;

  it("names the person, and announces only the first session", () => {
    const driver = person();
    expect(driver.identify("A")).toEqual([put("A", ref("A"))]);
    expect(noticesIn(driver.stored(null, 1))).toEqual([join("A", ref("A"))]);
    const second = person();
    second.identify("A");
    expect(noticesIn(second.stored(null, 2))).toEqual([]);
  });

  it("as another person announces a leave if this was the previous person's last session", () => {
    const driver = person();
    driver.identify("B");
    expect(noticesIn(driver.stored(was("A", 0, ref("A")), 1))).toEqual([
      { event: "leave", ref: ref("A"), clientData: "A", cause: "renamed" },
      join("B", ref("B")),
    ]);
    driver.identify("C");
    expect(noticesIn(driver.stored(was("B", 1, ref("B")), 2))).toEqual([]);
  });

  it("again with the same data announces nothing, whatever the number of sessions", () => {
    const driver = person();
    driver.identify("A");
    driver.stored();
    driver.identify("A");
    expect(noticesIn(driver.stored(was("A", 1, ref("A")), 1))).toEqual([]);
  });
});
