import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inPieces } from "../../../../testing/harness/pieces.ts";
import { closePayload, encodeFrame, FrameDecoder, opcodes } from "./websocket-frame.ts";

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");
const maskKey = hex("37fa213d");

/** RFC 6455, section 5.7. */
describe("the examples of the RFC", () => {
  test.each([
    ["an unmasked text", { payload: "Hello", masked: false }, "81 05 48 65 6c 6c 6f"],
    ["a masked text", { payload: "Hello", maskKey }, "81 85 37 fa 21 3d 7f 9f 4d 51 58"],
    ["a first fragment", { payload: "Hel", masked: false, fin: false }, "01 03 48 65 6c"],
    ["its last", { payload: "lo", masked: false, opcode: opcodes.continuation }, "80 02 6c 6f"],
    ["a ping", { payload: "Hello", masked: false, opcode: opcodes.ping }, "89 05 48 65 6c 6c 6f"],
    [
      "its masked pong",
      { payload: "Hello", maskKey, opcode: opcodes.pong },
      "8a 85 37 fa 21 3d 7f 9f 4d 51 58",
    ],
  ])("%s", (_name, frame, bytes) => {
    expect(encodeFrame(frame)).toEqual(hex(bytes));
    const masked = !("masked" in frame);
    const [decoded] = new FrameDecoder(masked ? "client" : "server", 100).push(hex(bytes));
    expect(String(decoded?.payload)).toBe(frame.payload);
  });

  test("256 bytes and 64 KiB say their length in 16 and 64 bits", () => {
    const header = (length: number) =>
      encodeFrame({ opcode: opcodes.binary, payload: Buffer.alloc(length), masked: false });
    expect(header(256).subarray(0, 4)).toEqual(hex("82 7e 01 00"));
    expect(header(65_536).subarray(0, 10)).toEqual(hex("82 7f 00 00 00 00 00 01 00 00"));
  });
});

const anyFrame = fc.oneof(
  fc.record({
    opcode: fc.constantFrom(opcodes.text, opcodes.binary, opcodes.continuation),
    fin: fc.boolean(),
    payload: fc
      .oneof(fc.nat(200), fc.constantFrom(125, 126, 127, 65_535, 65_536))
      .chain((length) => fc.nat(255).map((byte) => Buffer.alloc(length, byte))),
  }),
  fc.record({
    opcode: fc.constantFrom(opcodes.close, opcodes.ping, opcodes.pong),
    fin: fc.constant(true),
    payload: fc.uint8Array({ maxLength: 125 }).map((bytes) => Buffer.from(bytes)),
  }),
);

test.each(["client", "server"] as const)("frames of a %s come out as they went in, in any pieces", (from) => {
  fc.assert(
    fc.property(
      fc.array(anyFrame, { maxLength: 5 }).chain((frames) => {
        const encoded = frames.map((frame) => encodeFrame({ ...frame, masked: from === "client" }));
        return fc.tuple(fc.constant(frames), inPieces(Buffer.concat(encoded)));
      }),
      ([frames, pieces]) => {
        const decoder = new FrameDecoder(from, 65_536);
        const decoded = pieces.flatMap((piece) => decoder.push(piece));
        expect(decoded.map(({ payload }) => payload.length)).toEqual(frames.map((f) => f.payload.length));
        expect(decoded.every(({ payload }, i) => payload.equals(frames[i]?.payload ?? payload))).toBe(true);
        expect(decoded.map(({ opcode, fin }) => ({ opcode, fin }))).toEqual(
          frames.map(({ opcode, fin }) => ({ opcode, fin })),
        );
      },
    ),
  );
});

test.each([
  ["masked", "81 85 37 fa 21 3d 7f 9f 4d 51 58", "was masked"],
  ["with reserved bits", "c1 00", "reserved bits"],
  ["with an unknown opcode", "83 00", "opcode 3"],
  ["a fragmented ping", "09 00", "control frame"],
  ["a long ping", "89 7e 00 7e", "control frame"],
  ["with a length in too many bytes", "82 7e 00 7d", "not minimal"],
  ["with a length in far too many bytes", "82 7f 00 00 00 00 00 00 ff ff", "not minimal"],
  ["beyond the limit, before its payload is there", "82 7e 03 e9", "limit of 1000"],
  ["with a length beyond all numbers", "82 7f ff ff ff ff ff ff ff ff", "limit of 1000"],
])("a server's frame is refused: %s", (_name, bytes, message) => {
  expect(() => new FrameDecoder("server", 1_000).push(hex(bytes))).toThrow(message);
});

test("a frame can be wrong in every way that is asked for", () => {
  const lies = encodeFrame({ payload: "ab", claimedLength: 300, reserved: 5, fin: false, maskKey });
  expect(lies.subarray(0, 4)).toEqual(hex("51 fe 01 2c"));
  expect(lies.length).toBe(4 + 4 + 2);
  expect(closePayload(1006, "x")).toEqual(hex("03 ee 78"));
  expect(closePayload()).toEqual(Buffer.alloc(0));
});

test("what no header can hold is an error", () => {
  expect(() => encodeFrame({ opcode: 16 })).toThrow("opcode 16");
  expect(() => encodeFrame({ reserved: 8 })).toThrow("reserved bits 8");
  expect(() => encodeFrame({ maskKey: Buffer.alloc(3) })).toThrow("4 bytes");
  expect(() => encodeFrame({ claimedLength: -1 })).toThrow("-1 bytes");
});
