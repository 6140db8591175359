import fc from "fast-check";

/** Arbitrary text of UTF-16 code units, including unpaired surrogates. */
export const anyText = fc.string({
  unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)),
  maxLength: 40,
});
