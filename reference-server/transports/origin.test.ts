import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { originAllowed } from "./origin.ts";

const allows = (headers: Record<string, string>, allowed: string[] = []) =>
  originAllowed(
    { headers: { host: "chat.example:8080", ...headers } } as unknown as IncomingMessage,
    allowed,
  );

describe("originAllowed", () => {
  it("allows the server's own pages, allowed origins, and programs", () => {
    expect(allows({ origin: "http://chat.example:8080" })).toBe(true);
    expect(allows({ origin: "https://chat.example:8080" })).toBe(true);
    expect(allows({ origin: "https://a.example" }, ["https://a.example"])).toBe(true);
    expect(allows({})).toBe(true);
  });

  it("refuses similar origins", () => {
    for (const origin of [
      "http://evil.example",
      "null",
      "http://chat.example",
      "http://chat.example:8080.evil.example",
      "http://chat.example:80800",
      "http://evil.example/http://chat.example:8080",
      "HTTP://CHAT.EXAMPLE:8080",
      "https://a.example.evil.example",
      "https://xa.example",
      "",
    ]) {
      expect(allows({ origin }, ["https://a.example"]), origin).toBe(false);
    }
  });

  it("uses the Referer without an Origin", () => {
    expect(allows({ referer: "http://chat.example:8080/page?x" })).toBe(true);
    expect(allows({ referer: "http://evil.example/http://chat.example:8080/" })).toBe(false);
    expect(allows({ referer: "not a url" })).toBe(false);
    expect(allows({ referer: "http://chat.example:8080/", origin: "http://evil.example" })).toBe(false);
  });

  it("uses Sec-Fetch-Site without both", () => {
    expect(allows({ "sec-fetch-site": "cross-site" })).toBe(false);
    expect(allows({ "sec-fetch-site": "same-site" })).toBe(false);
    expect(allows({ "sec-fetch-site": "same-origin" })).toBe(true);
    expect(allows({ "sec-fetch-site": "none" })).toBe(true);
  });

  it("allows every origin with *", () => {
    expect(allows({ origin: "http://evil.example" }, ["*"])).toBe(true);
  });
});
