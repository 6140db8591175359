import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeSockJs, encodeSockJs, eventData } from "./sockjs-frame.ts";

/** sockjs-protocol 0.3.3, "Protocol and framing". */
test("the frames of the protocol", () => {
  expect(decodeSockJs("o")).toEqual({ kind: "open" });
  expect(decodeSockJs("h")).toEqual({ kind: "heartbeat" });
  expect(decodeSockJs("h".repeat(2048))).toEqual({ kind: "heartbeat" });
  expect(decodeSockJs('a["message"]')).toEqual({ kind: "messages", messages: ["message"] });
  expect(decodeSockJs('c[3000,"Go away!"]')).toEqual({ kind: "close", code: 3000, reason: "Go away!" });
});

test("a client's messages are an array of strings, whatever they hold", () => {
  const anyTexts = fc.array(fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }));
  fc.assert(
    fc.property(anyTexts, (texts) => {
      const message = encodeSockJs(...texts);
      expect(message).not.toContain("\n");
      expect(decodeSockJs(`a${message}`)).toEqual({ kind: "messages", messages: texts });
    }),
  );
});

test.each(["", "x", "oo", "a", "a{}", "a[1]", 'a["a"', "c[]", 'c["a","b"]', 'c[1.5,""]', "hello", 'm"x"'])(
  "is no frame: %j",
  (text) => {
    expect(() => decodeSockJs(text)).toThrow("no SockJS frame");
  },
);

test("an event's line holds a frame, with percent signs undone", () => {
  expect(eventData("data: o")).toBe("o");
  expect(eventData('data: a["100%25 %0D%0A"]')).toBe('a["100% \r\n"]');
  expect(eventData("")).toBeUndefined();
  expect(eventData(": comment")).toBeUndefined();
  expect(() => eventData("data: %zz")).toThrow();
});
