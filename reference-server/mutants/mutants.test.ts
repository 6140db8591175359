import { describe, expect, it } from "vitest";
import { serve } from "../testing/servers.ts";
import { StompClient, join } from "../testing/stomp-client.ts";
import { announcesLeaveTwice } from "./announces-leave-twice.ts";
import { believesBodySessionId } from "./believes-body-session-id.ts";
import { ghostComesBack } from "./ghost-comes-back.ts";
import { hearsOnlyDisconnectFrame } from "./hears-only-disconnect-frame.ts";
import { mutants } from "./index.ts";

describe("mutants", () => {
  it("have names of their own, a description, and requirements that they break", () => {
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
    for (const { name, description, breaks, alsoBreaks } of mutants) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(description).toMatch(/^[^\n]+\.$/);
      expect(breaks).not.toEqual([]);
      for (const id of [...breaks, ...alsoBreaks]) expect(id).toMatch(/^[A-Z]+(-[A-Z]+)*$/);
    }
  });

  it(hearsOnlyDisconnectFrame.name, async () => {
    const url = await serve({}, hearsOnlyDisconnectFrame);
    const bob = await join(url, null);
    const alice = await join(url, "alice");
    alice.socket.terminate();
    const carol = await join(url, "carol");
    carol.send("DISCONNECT");
    expect(await bob.heard("leave carol (disconnect)")).toEqual([
      "join alice",
      "join carol",
      "leave carol (disconnect)",
    ]);
  });

  it(announcesLeaveTwice.name, async () => {
    const url = await serve({}, announcesLeaveTwice);
    const bob = await join(url, null);
    (await join(url, "alice")).socket.terminate();
    await bob.until(() => bob.news().length === 3);
    expect(bob.news()).toEqual(["join alice", "leave alice (lost)", "leave alice (lost)"]);
  });

  it(believesBodySessionId.name, async () => {
    const url = await serve({}, believesBodySessionId);
    const bob = await join(url, null);
    const alice = await join(url, "alice", { sessionId: "abcd1234" });
    const mallory = await StompClient.open(url);
    await mallory.connect();
    const body = JSON.stringify({ sessionId: "abcd1234", clientData: "mallory" });
    mallory.send("SEND", { destination: "/ws", receipt: "r" }, body);
    await mallory.receipt("r");
    alice.socket.terminate();
    expect(await bob.heard("leave mallory (lost)")).not.toContain("leave alice (lost)");
  });

  it(ghostComesBack.name, async () => {
    const url = await serve({}, ghostComesBack);
    const bob = await join(url, null);
    (await join(url, "alice")).socket.terminate();
    await bob.until(() => bob.news().length === 3);
    expect(bob.news()).toEqual(["join alice", "leave alice (lost)", "join alice"]);
  });
});
