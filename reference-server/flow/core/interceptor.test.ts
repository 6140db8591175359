import { describe, expect, it } from "vitest";
import { frame } from "../../stomp/frame.ts";
import { frameLog, intercept, virtualHosts } from "./interceptor.ts";
import type { Interceptor } from "./interceptor.ts";
import { openSession } from "./session.ts";

const session = openSession("id", "ref", 0);
const seen = frame("SEND", { destination: "/ws" }, "{}");
const refusal = { message: "no", closeCode: 1008 } as const;

describe("intercept", () => {
  it("passes each interceptor the previous one's frame, and the session", () => {
    const saw: unknown[] = [];
    const change: Interceptor = (given, of) => {
      saw.push([given.body, of.id]);
      return { ...given, body: given.body + "!" };
    };
    expect(intercept([change, change], seen, session)).toEqual({ ...seen, body: "{}!!" });
    expect(saw).toEqual([
      ["{}", "id"],
      ["{}!", "id"],
    ]);
    expect(intercept([], seen, session)).toBe(seen);
  });

  it("stops at the first refusal", () => {
    const never: Interceptor = () => {
      throw new Error("not reached");
    };
    expect(intercept([() => refusal, never], seen, session)).toEqual(refusal);
  });

  it("treats an exception as a refusal", () => {
    const broken: Interceptor = () => {
      throw new Error("bug");
    };
    expect(intercept([broken], seen, session)).toEqual({
      message: "SEND could not be checked",
      closeCode: 1011,
    });
  });
});

describe("virtualHosts", () => {
  const check = virtualHosts(["a.example", "b.example"]);
  const refused = { message: "host must be one of a.example, b.example", closeCode: 1008 };

  it("accepts only a CONNECT to a configured host", () => {
    for (const command of ["CONNECT", "STOMP"]) {
      const named = frame(command, { host: "b.example" });
      expect(check(named, session)).toBe(named);
      expect(check(frame(command, { host: "c.example" }), session)).toEqual(refused);
      expect(check(frame(command, {}), session)).toEqual(refused);
    }
  });

  it("ignores other frames", () => {
    expect(check(seen, session)).toBe(seen);
  });
});

describe("frameLog", () => {
  it("publishes each frame with its headers, without body and credentials", () => {
    const told: unknown[] = [];
    const log = frameLog((...given) => void told.push(given));
    const connect = frame("CONNECT", { host: "a.example", passcode: "secret", Authorization: "secret" });
    expect(log(seen, session)).toBe(seen);
    expect(log(connect, session)).toBe(connect);
    expect(told).toEqual([
      ["id", { name: "frame-seen", command: "SEND", headers: { destination: "/ws" } }],
      ["id", { name: "frame-seen", command: "CONNECT", headers: { host: "a.example" } }],
    ]);
  });
});
