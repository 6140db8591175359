import fc from "fast-check";
import { expect, test } from "vitest";
import { inPieces } from "../../../../testing/harness/pieces.ts";
import { ByteQueue } from "./byte-queue.ts";

const anyBytes = fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes));

test("what was pushed is taken in order, whatever the pieces and the portions are", () => {
  fc.assert(
    fc.property(
      anyBytes.chain((bytes) => fc.tuple(fc.constant(bytes), inPieces(bytes), inPieces(bytes))),
      ([bytes, pieces, portions]) => {
        const queue = new ByteQueue();
        const waiting = [...portions];
        const taken: Buffer[] = [];
        for (const piece of pieces) {
          queue.push(piece);
          while (waiting[0] !== undefined && waiting[0].length <= queue.length) {
            taken.push(queue.take(waiting.shift()?.length ?? 0) ?? Buffer.from("missing"));
          }
        }
        expect(Buffer.concat(taken)).toEqual(bytes);
        expect(queue.length).toBe(0);
      },
    ),
  );
});

test("lines come out as they went in, in whatever pieces they came", () => {
  const lines = fc.array(fc.stringMatching(/^[a-z]{0,9}$/), { maxLength: 20 });
  fc.assert(
    fc.property(
      lines.chain((texts) =>
        fc.tuple(fc.constant(texts), inPieces(Buffer.from(texts.map((t) => `${t}\n`).join("")))),
      ),
      ([texts, pieces]) => {
        const queue = new ByteQueue();
        const found: string[] = [];
        for (const piece of pieces) {
          queue.push(piece);
          for (let line = queue.takeUntil(0x0a); line !== undefined; line = queue.takeUntil(0x0a)) {
            found.push(String(line));
          }
        }
        expect(found).toEqual(texts);
      },
    ),
  );
});

test("more than there is can't be had", () => {
  const queue = new ByteQueue();
  queue.push(Buffer.from("ab"));
  expect(queue.take(3)).toBeUndefined();
  expect(queue.peek(3)).toBeUndefined();
  expect(queue.takeUntil(0x0a)).toBeUndefined();
  expect(String(queue.take(2))).toBe("ab");
});
