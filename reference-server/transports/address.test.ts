import { describe, expect, it } from "vitest";
import { isBelowPrefix, readAddress } from "./address.ts";

describe("readAddress", () => {
  it("reads server id, session id and transport, whatever the ids are made of", () => {
    expect(readAddress("/connection/039/abc123/xhr_send")).toEqual({
      kind: "session",
      sessionId: "abc123",
      transport: "xhr_send",
      path: "/connection/039/abc123",
    });
    for (const id of ["A-Z_~", "websocket", "a%20b", "!$&()*+,;=:@"]) {
      expect(readAddress(`/connection/x/${id}/websocket?t=/a/b/xhr`)).toMatchObject({
        sessionId: id,
        transport: "websocket",
      });
    }
    expect(readAddress("/connection/000/abc/xhr/")).toMatchObject({ sessionId: "abc", transport: "xhr" });
  });

  it("knows native WebSocket and the pages", () => {
    expect(readAddress("/connection/websocket")).toEqual({ kind: "native-websocket" });
    expect(readAddress("/connection/websocket/?x=1")).toEqual({ kind: "native-websocket" });
    for (const page of [
      "",
      "/",
      "?x",
      "/info",
      "/info?t=1",
      "/iframe.html",
      "/iframe-1.6.1.min.html",
      "/chunking_test",
    ]) {
      expect(readAddress(`/connection${page}`), page).toEqual({ kind: "page" });
    }
  });

  it("rejects paths that sockjs-node reads differently", () => {
    for (const path of [
      "/connection/000\\abc/xhr_send",
      "/connection/000/abc/xhr_send#x",
      "/connection/000/a.b/xhr",
      "/connection/000/a b/xhr",
      "/connection/000/{a/xhr",
      "/connection/000/a'b/xhr",
      "/connection/000/é/xhr",
      "/connection//abc/xhr",
      "/connection/000//xhr",
      "/connection/0/000/abc/xhr",
      "/connection/000/abc",
      "/connection/000/abc/XHR",
      "/connection/info/x",
      "/connection/xinfo",
      "x/connection/000/abc/xhr",
      "/connectionx",
      "",
    ]) {
      expect(readAddress(path), path).toBeNull();
    }
  });
});

describe("isBelowPrefix", () => {
  it("distinguishes the endpoint from the server's pages", () => {
    for (const url of ["/connection", "/connection/", "/connection?x", "/connection/a/b/c"])
      expect(isBelowPrefix(url)).toBe(true);
    for (const url of ["/", "/connections", "/x/connection", ""]) expect(isBelowPrefix(url)).toBe(false);
  });
});
