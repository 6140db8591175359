import { describe, expect, it } from "vitest";
import { frame } from "../../stomp/frame.ts";
import { SessionDriver, eventsIn, framesIn, kindsIn, noticesIn } from "../../testing/session-driver.ts";
import type { CoreConfig } from "./model.ts";

function connected(config: Partial<CoreConfig> = {}): SessionDriver {
  const life = new SessionDriver(config);
  life.connect();
  return life;
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
    const life = connected();
    expect(life.identify("A", { receipt: "r" })).toEqual([put("A")]);
    const effects = life.stored();
    expect(kindsIn(effects)).toEqual(["publish", "send", "announce"]);
    expect(eventsIn(effects)).toEqual([{ name: "session-identified", ref: "ref", claimedSessionId: null }]);
    expect(framesIn(effects)).toEqual([frame("RECEIPT", { "receipt-id": "r" })]);
    expect(noticesIn(effects)).toEqual([join("A")]);
  });

  it("binds to the session that it came on, whatever session its body names", () => {
    const life = connected();
    const body = JSON.stringify({ sessionId: "somebody else's", clientData: "A" });
    expect(life.frame("SEND", { destination: "/ws" }, body)).toEqual([put("A", "ref", "somebody else's")]);
    expect(eventsIn(life.stored())).toEqual([
      { name: "session-identified", ref: "ref", claimedSessionId: "somebody else's" },
    ]);
  });

  it("again as the same is no news; as somebody else it is", () => {
    const life = connected();
    life.identify("A");
    life.stored();
    expect(life.identify("A")).toEqual([put("A")]);
    expect(noticesIn(life.stored(was("A")))).toEqual([]);
    life.identify("B");
    expect(noticesIn(life.stored(was("A")))).toEqual([join("B")]);
    expect(life.session.mapping?.clientData).toBe("B");
  });

  it("goes to the store one at a time, in order", () => {
    const life = connected();
    expect(life.identify("A", { receipt: "1" })).toEqual([put("A")]);
    expect(life.identify("B", { receipt: "2" })).toEqual([]);
    const first = life.stored();
    expect(kindsIn(first)).toEqual(["publish", "send", "announce", "put"]);
    expect(first).toContainEqual(put("B"));
    expect(framesIn(first)).toEqual([frame("RECEIPT", { "receipt-id": "1" })]);
    const second = life.stored(was("A"));
    expect(framesIn(second)).toEqual([frame("RECEIPT", { "receipt-id": "2" })]);
    expect(noticesIn(second)).toEqual([join("B")]);
  });

  it("that can't be understood is told, and leaves the session as it was, without a RECEIPT", () => {
    const life = connected();
    const before = life.session;
    expect(life.frame("SEND", { destination: "/ws", receipt: "r" }, "{")).toEqual([
      {
        kind: "publish",
        event: { name: "identify-refused", reason: expect.stringContaining("JSON") as string },
      },
    ]);
    expect(life.session).toEqual(before);
    expect(life.identify("A")).toEqual([put("A")]);
  });

  it.each([
    ["to a topic, which would forge a notice", { destination: "/topic/" }, "clients can SEND to /ws only"],
    ["to nowhere", {}, "clients can SEND to /ws only"],
    ["in a transaction", { destination: "/ws", transaction: "t" }, "transactions are not supported"],
  ])("%s is refused", (_, headers, problem) => {
    const life = connected();
    const effects = life.frame("SEND", headers, '{"clientData":"A"}');
    expect(framesIn(effects)[0]?.headers.get("message")).toBe(problem);
    expect(kindsIn(effects)).toEqual(["send", "close", "publish"]);
  });

  it("in a flood that the store can't follow is refused", () => {
    const life = connected();
    for (let sent = 0; sent < 32; sent++) life.identify(`A${sent}`);
    expect(life.session.phase).toBe("connected");
    const effects = life.identify("one more");
    expect(framesIn(effects)[0]?.headers.get("message")).toBe("too many identify messages at once");
    expect(effects).toContainEqual({
      kind: "close",
      code: 1008,
      reason: "too many identify messages at once",
    });
    expect(life.session).toMatchObject({ phase: "ended", cause: "error" });
  });

  it("answered without having been asked changes nothing", () => {
    const life = connected();
    expect(life.stored()).toEqual([]);
    expect(life.session.mapping).toBeNull();
  });
});

describe("identify under the policy person", () => {
  const person = () => connected({ policy: "person" });
  const ref = (clientData: string) => `ref of ${JSON.stringify(clientData)}`;

  it("names the person, and announces only the first session", () => {
    const life = person();
    expect(life.identify("A")).toEqual([put("A", ref("A"))]);
    expect(noticesIn(life.stored(null, 1))).toEqual([join("A", ref("A"))]);
    const second = person();
    second.identify("A");
    expect(noticesIn(second.stored(null, 2))).toEqual([]);
  });

  it("as somebody else announces that the first has left, if this was the last session", () => {
    const life = person();
    life.identify("B");
    expect(noticesIn(life.stored(was("A", 0, ref("A")), 1))).toEqual([
      { event: "leave", ref: ref("A"), clientData: "A", cause: "renamed" },
      join("B", ref("B")),
    ]);
    life.identify("C");
    expect(noticesIn(life.stored(was("B", 1, ref("B")), 2))).toEqual([]);
  });

  it("again as the same is no news, however many sessions there are", () => {
    const life = person();
    life.identify("A");
    life.stored();
    life.identify("A");
    expect(noticesIn(life.stored(was("A", 1, ref("A")), 1))).toEqual([]);
  });
});
