import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyText } from "../testing/any-text.ts";
import { nativeFraming, sockJsFraming } from "./framing.ts";

describe("SockJS framing", () => {
  it("carries any text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const frame = sockJsFraming.wrap(text);
        expect(frame.startsWith("a")).toBe(true);
        expect(sockJsFraming.unwrap(Buffer.from(frame.slice(1)))).toEqual([text]);
      }),
    );
  });

  it("opens with o and closes with c", () => {
    expect(sockJsFraming.opening).toEqual(["o"]);
    expect(sockJsFraming.closing(1001, 'the "end"')).toBe('c[1001,"the \\"end\\""]');
  });

  it("reads arrays of strings, single strings, and nothing else", () => {
    const read = (text: string) => sockJsFraming.unwrap(Buffer.from(text));
    expect(read('["a","b"]')).toEqual(["a", "b"]);
    expect(read('"a"')).toEqual(["a"]);
    expect(read("[]")).toEqual([]);
    expect(read("")).toEqual([]);
    for (const broken of ["[", "x", '["a"', "[1]", "[null]", "1", "null", '{"a":"b"}', '[["a"]]']) {
      expect(read(broken), broken).toBeNull();
    }
  });
});

describe("native framing", () => {
  it("adds nothing", () => {
    expect(nativeFraming.wrap("x")).toBe("x");
    expect(nativeFraming.unwrap(Buffer.from("x"))).toEqual([Buffer.from("x")]);
    expect([nativeFraming.opening, nativeFraming.closing(1000, "")]).toEqual([[], null]);
  });
});
