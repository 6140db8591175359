import fc from "fast-check";

/** Text of any UTF-16 code units, unpaired surrogates among them. */
export const anyText = fc.string({
  unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)),
  maxLength: 40,
});
