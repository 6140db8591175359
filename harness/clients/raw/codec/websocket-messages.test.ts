import fc from "fast-check";
import { expect, test } from "vitest";
import { inPieces, wellFormedText } from "../../../../testing/harness/pieces.ts";
import { opcodes } from "./websocket-frame.ts";
import { MessageAssembler } from "./websocket-messages.ts";

const frame = (opcode: number, payload: string | Buffer, fin: boolean) => ({
  opcode,
  payload: Buffer.from(payload),
  fin,
});

test("a message comes out whole, however it was fragmented, also within a character", () => {
  fc.assert(
    fc.property(
      wellFormedText.chain((text) => fc.tuple(fc.constant(text), inPieces(Buffer.from(text)))),
      ([text, fragments]) => {
        const assembler = new MessageAssembler(1_000);
        const messages = fragments.map((fragment, index) =>
          assembler.push(
            frame(
              index === 0 ? opcodes.text : opcodes.continuation,
              fragment,
              index === fragments.length - 1,
            ),
          ),
        );
        expect(messages.slice(0, -1).every((message) => message === undefined)).toBe(true);
        expect(String(messages.at(-1))).toBe(text);
      },
    ),
  );
});

test("frames that can't follow each other are refused", () => {
  expect(() => new MessageAssembler(9).push(frame(opcodes.continuation, "x", true))).toThrow("continuation");
  const within = new MessageAssembler(9);
  within.push(frame(opcodes.text, "x", false));
  expect(() => within.push(frame(opcodes.text, "y", true))).toThrow("within another");
});

test("text must be UTF-8, binary need not be", () => {
  const broken = Buffer.from([0xff]);
  expect(() => new MessageAssembler(9).push(frame(opcodes.text, broken, true))).toThrow("UTF-8");
  expect(new MessageAssembler(9).push(frame(opcodes.binary, broken, true))).toEqual(broken);
});

test("fragments without end reach the limit, also when they are empty", () => {
  const assembler = new MessageAssembler(100);
  assembler.push(frame(opcodes.text, "", false));
  expect(() => {
    for (let n = 0; n < 200; n += 1) assembler.push(frame(opcodes.continuation, "", false));
  }).toThrow("limit of 100 bytes");
});
