import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText } from "../../testing/records/arbitrary.ts";
import { countOf, duration, plain, show, visible } from "./text.ts";

const actedUpon =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061C\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]/u;

describe("a value made visible", () => {
  test("holds nothing that a terminal, a parser or a bidi algorithm acts on", () => {
    fc.assert(fc.property(anyText, (value) => !actedUpon.test(visible(value))));
  });

  test("stays as it is when all of it can be seen", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme-ascii" }), (value) => visible(value) === value));
    const family = "\u{1F469}\u200D\u{1F467} \uD55C\uAD6D\uC5B4 \u05D0\u05D1";
    expect(visible(family)).toBe(family);
  });

  test("names what could not be seen", () => {
    expect(visible("a\0b\r\n\x1b[31m\u202Ec\uD800")).toBe("a⟨NUL⟩b⟨CR⟩⟨LF⟩⟨ESC⟩[31m⟨U+202E⟩c⟨U+D800⟩");
  });

  test("says how many marks were piled on one letter", () => {
    expect(visible(`Z${"\u0300".repeat(30)}!`)).toBe(`Z${"\u0300".repeat(8)}⟨22 more marks⟩!`);
  });
});

describe("a long value", () => {
  test("is cut, never inside a pair, and says how long it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-composite", minLength: 1 }), fc.nat(20), (value, max) => {
        const { text, cutFrom } = show(value, max);
        expect(cutFrom).toBe(value.length > max ? value.length : null);
        expect(text).not.toContain("U+D8");
        expect(text).not.toContain("U+DC");
      }),
    );
    expect(plain("x".repeat(1_048_576), 3)).toBe("xxx… [cut: 1,048,576 characters in all]");
  });
});

test.each([
  [0, "0 ms"],
  [0.04, "0 ms"],
  [3.14, "3.1 ms"],
  [9.96, "10 ms"],
  [999.4, "999 ms"],
  [999.6, "1 s"],
  [9812, "9.81 s"],
  [9996, "10 s"],
  [59_960, "1 min 0 s"],
  [125_000, "2 min 5 s"],
  [-12, "-12 ms"],
  [Number.NaN, "an unknown time"],
])("%d ms is told as %s", (ms, words) => {
  expect(duration(ms)).toBe(words);
});

test("one thing is singular, none and more are plural", () => {
  expect([0, 1, 1200].map((number) => countOf(number, "case"))).toEqual(["0 cases", "1 case", "1,200 cases"]);
});
