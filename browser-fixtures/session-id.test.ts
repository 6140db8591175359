import fc from "fast-check";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { extractSessionId } from "./session-id.js";

// The library's own way to join addresses, so that the property follows what it really builds.
const { addPath } = createRequire(import.meta.url)("sockjs-client/lib/utils/url.js") as {
  addPath: (url: string, path: string) => string;
};

const segment = fc.stringMatching(/^[A-Za-z0-9_.~-]{1,12}$/);
const host = fc.constantFrom("localhost:8080", "chat.example", "[::1]:9000", "192.0.2.7");
const path = fc
  .array(fc.oneof(segment, fc.constantFrom("websocket", "connection", "ws")), { minLength: 1, maxLength: 4 })
  .map((parts) => `/${parts.join("/")}`);
const query = fc.constantFrom("", "?access_token=a.b/c", "?next=/x/websocket&y=1");
const transports = fc.constantFrom("websocket", "xhr-streaming", "iframe");

test("the id is found on every transport, endpoint, query and custom id", () => {
  fc.assert(
    fc.property(
      fc.boolean(),
      host,
      path,
      query,
      segment,
      segment,
      transports,
      (secure, name, endpointPath, search, server, session, transport) => {
        const endpoint = `${secure ? "https" : "http"}://${name}${endpointPath}${search}`;
        const transUrl = addPath(endpoint, `/${server}/${session}`);
        const webSocketUrl = addPath(transUrl, "/websocket").replace(/^http/, "ws");
        const _transport =
          transport === "iframe"
            ? { transUrl }
            : { url: transport === "websocket" ? webSocketUrl : transUrl };
        expect(extractSessionId({ url: endpoint, _server: server, _transport })).toBe(session);
      },
    ),
  );
});

test("an address that the server's info answer gave counts, not the one that was asked", () => {
  const socket = { url: "http://a/x", _transUrl: "http://b/y/z", _server: "039" };
  expect(extractSessionId({ ...socket, _transport: { url: "ws://b/y/z/039/abcdefgh/websocket" } })).toBe(
    "abcdefgh",
  );
});

test("without an open transport there is no id, and no exception", () => {
  expect(extractSessionId(undefined)).toBeNull();
  expect(extractSessionId({})).toBeNull();
  expect(extractSessionId({ url: "http://a/x", _server: "039" })).toBeNull();
  expect(extractSessionId({ url: "http://a/x", _server: "039", _transport: null })).toBeNull();
  expect(
    extractSessionId({ url: "http://a/x", _server: "039", _transport: { url: "http://a/other" } }),
  ).toBeNull();
});
