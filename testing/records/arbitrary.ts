import fc from "fast-check";
import type { RunRecord } from "../../harness/judge/record.ts";
import { allPass, hostile, withFailures, withInconclusive, withoutBrowser } from "./sample.ts";
import { hostileStrings, withStrings } from "./hostile.ts";

/** Any UTF-16 there can be: controls, halves of pairs and all. */
const anyUnits = fc.string({
  unit: fc.oneof(fc.nat(0x7f), fc.nat(0xffff)).map((unit) => String.fromCharCode(unit)),
});

/** Any text, the well-known nasty ones more often than chance would. */
export const anyText: fc.Arbitrary<string> = fc.oneof(anyUnits, fc.constantFrom(...hostileStrings));

/** Any of the sample records with any text in place of its own. */
export const anyRecord: fc.Arbitrary<RunRecord> = fc
  .tuple(
    fc.constantFrom(allPass, withFailures, withInconclusive, withoutBrowser, hostile),
    fc.array(anyText, { minLength: 1 }),
  )
  .map(([sample, texts]) =>
    withStrings(sample(), (original) => `${texts[original.length % texts.length] ?? ""}${original}`),
  );
