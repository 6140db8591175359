import fc from "fast-check";
import type { RunRecord } from "../../harness/judge/record.ts";
import { allPass, hostile, withFailures, withInconclusive, withoutBrowser } from "./sample.ts";
import { hostileStrings, withStrings } from "./hostile.ts";

/** Text of any UTF-16 units, with controls and lone surrogates. */
const anyUnits = fc.string({
  unit: fc.oneof(fc.nat(0x7f), fc.nat(0xffff)).map((unit) => String.fromCharCode(unit)),
});

/** Any text; hostile ones are frequent. */
export const anyText: fc.Arbitrary<string> = fc.oneof(anyUnits, fc.constantFrom(...hostileStrings));

/** A sample record with any text before each of its strings. */
export const anyRecord: fc.Arbitrary<RunRecord> = fc
  .tuple(
    fc.constantFrom(allPass, withFailures, withInconclusive, withoutBrowser, hostile),
    fc.array(anyText, { minLength: 1 }),
  )
  .map(([sample, texts]) =>
    withStrings(sample(), (original) => `${texts[original.length % texts.length] ?? ""}${original}`),
  );
