import { FrameImpl, Parser } from "@stomp/stompjs";
import type { IRawFrameType } from "@stomp/stompjs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Decoder } from "./decoder.ts";
import type { Decoded } from "./decoder.ts";
import { encode } from "./encode.ts";
import { frame, versions } from "./frame.ts";
import type { Frame, Version } from "./frame.ts";

const limits = { maxHeaders: 20, maxHeaderBytes: 4096, maxBodyBytes: 4096 };

const text = fc.string({
  unit: fc.oneof(fc.constantFrom("\\", ":", "\n", "\r", "\0", "n", "c", "r", " "), unicode()),
});
const bareText = fc.string({ unit: fc.constantFrom("a", "é", "ü", "한", "😀", "=", ";", "\\") });
const command = fc.constantFrom("SEND", "MESSAGE", "SUBSCRIBE", "CONNECT", "CONNECTED", "RECEIPT");
const headersOf = (name: fc.Arbitrary<string>, value: fc.Arbitrary<string>) =>
  fc.uniqueArray(fc.tuple(name, value), { maxLength: 8, selector: ([key]) => key });

function unicode() {
  return fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 });
}

function headerName(characters: fc.Arbitrary<string>) {
  return characters.filter((name) => name !== "" && name !== "content-length");
}

function decode(chunks: readonly (string | Buffer)[], version: Version): Decoded[] {
  const decoder = new Decoder(limits);
  decoder.version = version;
  return chunks.flatMap((chunk) => [...decoder.read(chunk)]);
}

/** The components of a frame, without the content-length that the encoder adds. */
function partsOf({ command: name, headers, body }: Frame) {
  return { command: name, headers: [...headers].filter(([key]) => key !== "content-length"), body };
}

function framesOf(decoded: readonly Decoded[]) {
  return decoded.map((item) => (item.kind === "frame" ? partsOf(item.frame) : item));
}

describe("encode and decode", () => {
  it("give back every frame of STOMP 1.2, whatever its headers and body hold", () => {
    const value = text.map((raw) => raw.replaceAll("\0", ""));
    fc.assert(
      fc.property(headersOf(headerName(value), value), text, (headers, body) => {
        const sent = { command: "MESSAGE", headers: new Map(headers), body };
        expect(framesOf(decode([encode(sent, "1.2")], "1.2"))).toEqual([partsOf(sent)]);
      }),
    );
  });

  it("never make two headers of one, in any version", () => {
    fc.assert(
      fc.property(fc.constantFrom(...versions), command, text, (version, name, value) => {
        const [only, ...more] = decode([encode(frame(name, { key: value }), version)], version);
        expect(more).toEqual([]);
        expect(only?.kind === "frame" ? [...only.frame.headers.keys()] : only).toEqual(["key"]);
      }),
    );
  });

  it("don't depend on how the bytes are cut into chunks", () => {
    const cuts = fc.array(fc.nat(400), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), cuts, (bodies, at) => {
        const bytes = Buffer.from(
          bodies.map((body) => encode(frame("SEND", { x: "1" }, body), "1.2")).join("\r\n\n"),
        );
        const bounds = [
          0,
          ...at.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b),
          bytes.length,
        ];
        const chunks = bounds.slice(1).map((end, index) => bytes.subarray(bounds[index], end));
        expect(decode(chunks, "1.2")).toEqual(decode([bytes], "1.2"));
        expect(decode(chunks, "1.2")).toHaveLength(bodies.length);
      }),
    );
  });

  it("answer any bytes with frames or one violation, and never throw", () => {
    const noise = fc.uint8Array({ maxLength: 60 });
    const nearly = fc
      .array(fc.constantFrom("SEND", "\n", "a:b", ":", "\\t", "\0", "content-length:3", "\r\n", "é"), {
        maxLength: 12,
      })
      .map((pieces) => new TextEncoder().encode(pieces.join("")));
    fc.assert(
      fc.property(fc.constantFrom(...versions), fc.oneof(noise, nearly), (version, bytes) => {
        const decoded = decode([Buffer.from(bytes), Buffer.from("\0")], version);
        expect(decoded.slice(0, -1).every(({ kind }) => kind === "frame")).toBe(true);
      }),
    );
  });
});

describe("with stompjs at the other end", () => {
  it("decode reads what stompjs writes", () => {
    const versionAndText = fc.oneof(
      fc.record({ version: fc.constant<Version>("1.2"), value: text.map((raw) => raw.replaceAll("\0", "")) }),
      fc.record({
        version: fc.constantFrom<Version>("1.0", "1.1"),
        value: bareText.map((raw) => raw.replaceAll("\\", "")),
      }),
    );
    fc.assert(
      fc.property(command, versionAndText, text, (name, { version, value }, body) => {
        const escapeHeaderValues = version === "1.2";
        const isPlain = name.startsWith("CONNECT") && /[\r\n]/.test(value);
        fc.pre(!isPlain);
        const written = FrameImpl.marshall({
          command: name,
          headers: { key: value },
          body,
          escapeHeaderValues,
        });
        const [read] = framesOf(
          decode([typeof written === "string" ? written : Buffer.from(written)], version),
        );
        expect(read).toEqual({ command: name, headers: [["key", value]], body });
      }),
    );
  });

  it("stompjs reads what encode writes", () => {
    // stompjs trims values, and unescapes in several passes, which garbles a backslash before n, r or c.
    const value = text.map((raw) => raw.replace(/[\\\0]/g, "").trim());
    fc.assert(
      fc.property(command, value, text, (name, header, body) => {
        fc.pre(!(name.startsWith("CONNECT") && /[\r\n]/.test(header)));
        const read: IRawFrameType[] = [];
        new Parser(
          (raw) => read.push(raw),
          () => undefined,
        ).parseChunk(encode(frame(name, { key: header }, body), "1.2"));
        const [only] = read.map((raw) => FrameImpl.fromRawFrame(raw, true));
        expect(read).toHaveLength(1);
        expect([only?.command, only?.headers["key"], only?.body]).toEqual([name, header, body]);
      }),
    );
  });
});
