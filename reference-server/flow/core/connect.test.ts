import { describe, expect, it } from "vitest";
import { frame } from "../../stomp/frame.ts";
import { SessionDriver, eventsIn, framesIn, kindsIn } from "../../testing/session-driver.ts";

const connectedWith = (version: string) =>
  frame("CONNECTED", { version, "heart-beat": "200,100", server: "hangup" });

describe("CONNECT", () => {
  it("is answered with CONNECTED at the newest version that both speak", () => {
    for (const [accepted, version] of [
      ["1.0", "1.0"],
      ["1.1,1.0", "1.1"],
      ["1.0,1.1,1.2", "1.2"],
      ["1.2", "1.2"],
      ["0.9, 1.1 ,2.0", "1.1"],
    ] as const) {
      const life = new SessionDriver();
      const effects = life.connect({ "accept-version": accepted });
      expect(framesIn(effects)).toEqual([connectedWith(version)]);
      expect(life.session).toMatchObject({ phase: "connected", version });
    }
  });

  it("without accept-version is of STOMP 1.0, which knows no heartbeats", () => {
    const life = new SessionDriver();
    expect(framesIn(life.connect({ "heart-beat": "10,10" }))).toEqual([connectedWith("1.0")]);
    expect(life.session.heartbeats).toEqual({ fromClientMs: 0, toClientMs: 0 });
  });

  it("may be called STOMP", () => {
    expect(framesIn(new SessionDriver().frame("STOMP", { "accept-version": "1.2" }))).toEqual([
      connectedWith("1.2"),
    ]);
  });

  it("tells session-connect with its headers, then session-connected with what was agreed", () => {
    const life = new SessionDriver();
    const headers = { "accept-version": "1.2", "heart-beat": "300,0", client: "A" };
    const effects = life.connect({ ...headers, passcode: "secret", Authorization: "secret" });
    expect(eventsIn(effects)).toEqual([
      { name: "session-connect", headers },
      { name: "session-connected", version: "1.2", heartbeats: { fromClientMs: 300, toClientMs: 0 } },
    ]);
    expect(kindsIn(effects)).toEqual(["publish", "send", "publish"]);
    expect(life.session.heartbeats).toEqual({ fromClientMs: 300, toClientMs: 0 });
  });

  it("without a common version gets an ERROR that names the server's, and the connection is closed", () => {
    const life = new SessionDriver();
    const effects = life.connect({ "accept-version": "1.3,2.0" });
    const message = "this server speaks STOMP 1.0, 1.1, 1.2";
    expect(framesIn(effects)).toEqual([
      frame("ERROR", { message, "content-type": "text/plain", version: "1.0,1.1,1.2" }, message),
    ]);
    expect(effects).toContainEqual({ kind: "close", code: 1002, reason: message });
    expect(eventsIn(effects).map(({ name }) => name)).toEqual(["session-connect", "session-disconnect"]);
  });

  it("with malformed heart-beats is refused", () => {
    const life = new SessionDriver();
    const effects = life.connect({ "accept-version": "1.2", "heart-beat": "often" });
    expect(framesIn(effects)[0]?.headers.get("message")).toBe("heart-beat must be two whole numbers");
    expect(life.session.phase).toBe("ended");
  });

  it("is refused the second time", () => {
    const life = new SessionDriver();
    life.connect();
    const effects = life.connect();
    expect(framesIn(effects)[0]?.headers.get("message")).toBe("a session can CONNECT only once");
    expect(eventsIn(effects).map(({ name }) => name)).toEqual(["session-disconnect"]);
    expect(life.session).toMatchObject({ phase: "ended", cause: "error" });
  });

  it("must be the first frame", () => {
    for (const command of ["SEND", "SUBSCRIBE", "UNSUBSCRIBE", "DISCONNECT", "ACK", "FOO"]) {
      const life = new SessionDriver();
      const effects = life.frame(
        command,
        { destination: "/ws", id: "1" },
        command === "SEND" ? '{"clientData":"A"}' : "",
      );
      expect(framesIn(effects)[0]?.headers.get("message")).toBe(`${command} before CONNECT`);
      expect(kindsIn(effects)).toEqual(["send", "close", "publish"]);
      expect(life.session.phase).toBe("ended");
    }
  });

  it("has no body", () => {
    const effects = new SessionDriver().frame("CONNECT", { "accept-version": "1.2" }, "x");
    expect(framesIn(effects)[0]?.headers.get("message")).toBe("CONNECT has no body");
  });
});
