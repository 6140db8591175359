import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inPieces } from "../../../../testing/harness/pieces.ts";
import { encodeRequest, ResponseDecoder, type ResponsePart } from "./http-message.ts";

/** What a response says in the end, in whatever pieces it came. */
function read(pieces: readonly (Buffer | string)[], ends = false) {
  const decoder = new ResponseDecoder(1_000);
  const parts: ResponsePart[] = pieces.flatMap((piece) => decoder.push(Buffer.from(piece)));
  if (ends) parts.push(...decoder.finish());
  const bodies = parts.flatMap((part) => (part.kind === "body" ? [part.bytes] : []));
  return {
    status: parts.flatMap((part) => (part.kind === "head" ? [part.head.status] : [])),
    body: Buffer.concat(bodies).toString(),
    over: parts.at(-1)?.kind === "end",
    parts,
  };
}

const whole = (text: string, ends = false) => {
  const { status, body, over } = read([text], ends);
  return { status, body, over };
};

describe("a response's end (RFC 9112, section 6.3)", () => {
  test.each([
    ["a length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello", true],
    ["a length not reached", "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello", "hello", false],
    ["no body", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "", true],
    [
      "chunks",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nA: b\r\n\r\n",
      "hello",
      true,
    ],
    ["chunks to come", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "hello", false],
    [
      "an interim one first",
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello",
      "hello",
      true,
    ],
    ["bare line feeds", "HTTP/1.0 200 OK\nContent-Length: 5\n\nhello", "hello", true],
  ])("%s", (_name, text, body, over) => {
    expect(whole(text)).toEqual({ status: [200], body, over });
  });

  test("none but the connection's", () => {
    expect(whole("HTTP/1.1 200 OK\r\n\r\nhello")).toEqual({ status: [200], body: "hello", over: false });
    expect(whole("HTTP/1.1 200 OK\r\n\r\nhello", true)).toEqual({ status: [200], body: "hello", over: true });
  });

  test("204 has no body", () => {
    expect(whole("HTTP/1.1 204 No Content\r\n\r\n")).toEqual({ status: [204], body: "", over: true });
  });
});

test("a chunked body comes out as it went in, in any chunks and any pieces", () => {
  const chunks = fc.array(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: 8 });
  fc.assert(
    fc.property(
      chunks.chain((texts) => {
        const coded = texts.map((text) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`).join("");
        const response = `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${coded}0\r\n\r\n`;
        return fc.tuple(fc.constant(texts.join("")), inPieces(Buffer.from(response)));
      }),
      ([text, pieces]) => {
        const { body, over } = read(pieces);
        expect({ body, over }).toEqual({ body: text, over: true });
      },
    ),
  );
});

test("after 101 the bytes belong to the other protocol", () => {
  const { parts } = read(["HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\nrest"]);
  expect(parts).toMatchObject([{ kind: "head", head: { status: 101 } }, { kind: "upgraded" }]);
  expect(parts[1]?.kind === "upgraded" && String(parts[1].rest)).toBe("rest");
});

test("headers are read by their names in lower case, repeated ones together", () => {
  const [head] = read(["HTTP/1.1 403 Not You\r\nSet-Cookie: a=b\r\nset-cookie:  c=d \r\n\r\n"]).parts;
  expect(head).toEqual({
    kind: "head",
    head: { status: 403, reason: "Not You", headers: { "set-cookie": "a=b, c=d" } },
  });
});

test.each([
  ["no HTTP", "SSH-2.0-x\r\n\r\n", "no HTTP response"],
  ["a header without a name", "HTTP/1.1 200 OK\r\nfoo\r\n\r\n", "without a name"],
  ["a length that is no number", "HTTP/1.1 200 OK\r\nContent-Length: 1e3\r\n\r\n", 'Content-Length "1e3"'],
  ["a chunk without a size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 'size "xyz"'],
  [
    "a chunk beyond its size",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
    "longer than its size",
  ],
  ["a line without end", "x".repeat(1_001), "limit of 1000"],
  ["headers without end", `HTTP/1.1 200 OK\r\n${"a: b\r\n".repeat(200)}`, "limit of 1000"],
])("is refused: %s", (_name, text, message) => {
  expect(() => read([text])).toThrow(message);
});

test("a connection that ends within a response is an error", () => {
  expect(() => read(["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell"], true)).toThrow("ended within");
});

test("a request says its length when it has a body, and only then", () => {
  const headers = { Host: "chat.example" };
  expect(String(encodeRequest({ method: "POST", path: "/x?y", headers, body: '["é"]' }))).toBe(
    'POST /x?y HTTP/1.1\r\nHost: chat.example\r\nContent-Length: 6\r\n\r\n["é"]',
  );
  expect(String(encodeRequest({ method: "GET", path: "/", headers }))).toBe(
    "GET / HTTP/1.1\r\nHost: chat.example\r\n\r\n",
  );
});
