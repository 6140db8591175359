import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inPieces, wellFormedText } from "../../../../testing/harness/pieces.ts";
import { encodeStomp, StompDecoder } from "./stomp-frame.ts";

const read = (text: string) => new StompDecoder(1_000, 500).push(Buffer.from(text));

/** STOMP 1.2, "STOMP Frames" and "Value Encoding". */
describe("the examples of the specification", () => {
  test("CONNECT and CONNECTED", () => {
    expect(encodeStomp("CONNECT", { "accept-version": "1.0,1.1,2.0", host: "stomp.github.org" })).toBe(
      "CONNECT\naccept-version:1.0,1.1,2.0\nhost:stomp.github.org\n\n\0",
    );
    expect(read("CONNECTED\nversion:1.1\n\n\0")).toEqual([
      { command: "CONNECTED", headers: { version: "1.1" }, body: "" },
    ]);
  });

  test("a MESSAGE with carriage returns before its line ends", () => {
    expect(read("MESSAGE\r\nsubscription:0\r\nmessage-id:007\r\n\r\nhello\0")).toEqual([
      { command: "MESSAGE", headers: { subscription: "0", "message-id": "007" }, body: "hello" },
    ]);
  });

  test("of repeated headers the first counts", () => {
    expect(read("MESSAGE\nfoo:World\nfoo:Hello\n\n\0")[0]?.headers).toEqual({ foo: "World" });
  });

  test("a content-length lets the body hold NUL", () => {
    expect(read("MESSAGE\ncontent-length:3\n\na\0b\0")[0]?.body).toBe("a\0b");
  });
});

test("escapes: all four, and none in CONNECT", () => {
  expect(encodeStomp("SEND", { "a:b": "\r\n\\" })).toBe("SEND\na\\cb:\\r\\n\\\\\n\n\0");
  expect(encodeStomp("CONNECT", { login: "a:b" })).toBe("CONNECT\nlogin:a:b\n\n\0");
  expect(read("CONNECTED\nserver:a\\cb\n\n\0")[0]?.headers["server"]).toBe("a\\cb");
});

test("frames come out as they went in, in any pieces, with heartbeats between them", () => {
  const anyFrame = fc.record({
    command: fc.constantFrom("MESSAGE", "RECEIPT", "ERROR"),
    headers: fc
      .dictionary(
        wellFormedText.filter((name) => name !== "content-length"),
        wellFormedText,
        { maxKeys: 4 },
      )
      .map((headers) => ({ ...headers })),
    body: wellFormedText,
  });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyFrame, fc.constantFrom("", "\n", "\r\n\n")), { maxLength: 4 }).chain((given) => {
        const text = given.map(([f, beat]) => encodeStomp(f.command, f.headers, f.body) + beat).join("");
        return fc.tuple(fc.constant(given.map(([frame]) => frame)), inPieces(Buffer.from(text)));
      }),
      ([frames, pieces]) => {
        const decoder = new StompDecoder(10_000, 10_000);
        const decoded = pieces.flatMap((piece) => decoder.push(piece));
        const withoutLength = decoded.map(({ command, headers, body }) => ({
          command,
          headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name !== "content-length")),
          body,
        }));
        expect(withoutLength).toEqual(frames);
      },
    ),
  );
});

test.each([
  ["a header without a colon", "MESSAGE\nfoo\n\n\0", "without a colon"],
  ["an undefined escape", "MESSAGE\nfoo:\\t\n\n\0", 'undefined escape "\\t"'],
  ["a lone backslash", "MESSAGE\nfoo:\\\n\n\0", "undefined escape"],
  ["a length that is no number", "MESSAGE\ncontent-length:-1\n\n\0", 'content-length "-1"'],
  ["no NUL where the length ends", "MESSAGE\ncontent-length:1\n\nab\0", "no NUL after the 1 bytes"],
  ["a length beyond the limit", "MESSAGE\ncontent-length:1001\n\n", "limit of 1000"],
])("is refused: %s", (_name, text, message) => {
  expect(() => read(text)).toThrow(message);
});

test("frames without end reach the limit: a line, headers, a body", () => {
  const endless = (start: string, more: string) => () => {
    const decoder = new StompDecoder(1_000, 500);
    decoder.push(Buffer.from(start));
    for (let n = 0; n < 300; n += 1) decoder.push(Buffer.from(more));
  };
  expect(endless("", "MESSAGE")).toThrow("limit of 500");
  expect(endless("MESSAGE\n", "a:b\n")).toThrow("limit of 500");
  expect(endless("MESSAGE\n\n", "more body")).toThrow("limit of 1001");
});
