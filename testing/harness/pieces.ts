import fc from "fast-check";

/** Cuts the bytes into pieces of any lengths, empty ones included. */
export const inPieces = (bytes: Buffer): fc.Arbitrary<Buffer[]> =>
  fc.array(fc.nat(bytes.length), { maxLength: 12 }).map((cuts) => {
    const ends = [...cuts.sort((a, b) => a - b), bytes.length];
    return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
  });

/** Text of any UTF-16 code units but lone surrogates, which UTF-8 can't hold. */
export const wellFormedText = fc.string({
  unit: fc.oneof(
    fc.constantFrom("\0", "\r", "\n", ":", "\\", "한", "🎈"),
    fc.string({ minLength: 1, maxLength: 1 }),
  ),
  maxLength: 30,
});
