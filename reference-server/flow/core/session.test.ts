import { describe, expect, it } from "vitest";
import { openSession } from "./session.ts";

describe("openSession", () => {
  it("begins without anything agreed, said or stored", () => {
    expect(openSession("id", "ref", 5)).toEqual({
      id: "id",
      ref: "ref",
      phase: "opened",
      cause: null,
      connection: "open",
      version: "1.2",
      heartbeats: { fromClientMs: 0, toClientMs: 0 },
      phaseStartedMs: 5,
      lastReceivedMs: 5,
      lastSentMs: 5,
      frameStartedMs: null,
      subscriptions: new Map(),
      messages: 0,
      pending: [],
      mapping: null,
    });
  });
});
