import { describe, expect, it } from "vitest";
import { frame } from "../../stomp/frame.ts";
import { SessionDriver, eventsIn, framesIn, kindsIn } from "../../testing/session-driver.ts";

const connectedWith = (version: string) =>
  frame("CONNECTED", { version, "heart-beat": "200,100", server: "hangup" });

describe("CONNECT", () => {
  it("is answered with CONNECTED at the newest common version", () => {
    for (const [accepted, version] of [
      ["1.0", "1.0"],
      ["1.1,1.0", "1.1"],
      ["1.0,1.1,1.2", "1.2"],
      ["1.2", "1.2"],
      ["0.9, 1.1 ,2.0", "1.1"],
    ] as const) {
      const driver = new SessionDriver();
      const effects = driver.connect({ "accept-version": accepted });
      expect(framesIn(effects)).toEqual([connectedWith(version)]);
      expect(driver.session).toMatchObject({ phase: "connected", version });
    }
  });

  it("without accept-version uses STOMP 1.0, which has no heartbeats", () => {
    const driver = new SessionDriver();
    expect(framesIn(driver.connect({ "heart-beat": "10,10" }))).toEqual([connectedWith("1.0")]);
    expect(driver.session.heartbeats).toEqual({ fromClientMs: 0, toClientMs: 0 });
  });

  it("may be sent as STOMP", () => {
    expect(framesIn(new SessionDriver().frame("STOMP", { "accept-version": "1.2" }))).toEqual([
      connectedWith("1.2"),
    ]);
  });

  it("publishes session-connect with its headers, then session-connected with the negotiated values", () => {
    const driver = new SessionDriver();
    const headers = { "accept-version": "1.2", "heart-beat": "300,0", client: "A" };
    const effects = driver.connect({ ...headers, passcode: "secret", Authorization: "secret" });
    expect(eventsIn(effects)).toEqual([
      { name: "session-connect", headers },
      { name: "session-connected", version: "1.2", heartbeats: { fromClientMs: 300, toClientMs: 0 } },
    ]);
    expect(kindsIn(effects)).toEqual(["publish", "send", "publish"]);
    expect(driver.session.heartbeats).toEqual({ fromClientMs: 300, toClientMs: 0 });
  });

  it("without a common version gets an ERROR with the server's versions and a close", () => {
    const driver = new SessionDriver();
    const effects = driver.connect({ "accept-version": "1.3,2.0" });
    const message = "this server speaks STOMP 1.0, 1.1, 1.2";
    expect(framesIn(effects)).toEqual([
      frame("ERROR", { message, "content-type": "text/plain", version: "1.0,1.1,1.2" }, message),
    ]);
    expect(effects).toContainEqual({ kind: "close", code: 1002, reason: message });
    expect(eventsIn(effects).map(({ name }) => name)).toEqual(["session-connect", "session-disconnect"]);
  });

  it("with malformed heart-beats is refused", () => {
    const driver = new SessionDriver();
    const effects = driver.connect({ "accept-version": "1.2", "heart-beat": "often" });
    expect(framesIn(effects)[0]?.headers.get("message")).toBe("heart-beat must be two whole numbers");
    expect(driver.session.phase).toBe("ended");
  });

  it("is refused the second time", () => {
    const driver = new SessionDriver();
    driver.connect();
    const effects = driver.connect();
    expect(framesIn(effects)[0]?.headers.get("message")).toBe("a session can CONNECT only once");
    expect(eventsIn(effects).map(({ name }) => name)).toEqual(["session-disconnect"]);
    expect(driver.session).toMatchObject({ phase: "ended", cause: "error" });
  });

  it("must be the first frame", () => {
    for (const command of ["SEND", "SUBSCRIBE", "UNSUBSCRIBE", "DISCONNECT", "ACK", "FOO"]) {
      const driver = new SessionDriver();
      const effects = driver.frame(
        command,
        { destination: "/ws", id: "1" },
        command === "SEND" ? '{"clientData":"A"}' : "",
      );
      expect(framesIn(effects)[0]?.headers.get("message")).toBe(`${command} before CONNECT`);
      expect(kindsIn(effects)).toEqual(["send", "close", "publish"]);
      expect(driver.session.phase).toBe("ended");
    }
  });

  it("has no body", () => {
    const effects = new SessionDriver().frame("CONNECT", { "accept-version": "1.2" }, "x");
    expect(framesIn(effects)[0]?.headers.get("message")).toBe("CONNECT has no body");
  });
});
