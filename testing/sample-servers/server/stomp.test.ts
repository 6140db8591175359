import fc from "fast-check";
import { expect, test } from "vitest";
import { readFrame, writeFrame } from "./stomp.ts";

test("a frame is read as it was written, whatever its header values and body hold", () => {
  const value = fc.string({ unit: fc.constantFrom("a", ":", "\\", "\n", "\r", "c", "n") });
  const body = fc.string();
  fc.assert(
    fc.property(value, body, (id, text) => {
      expect(readFrame(writeFrame("SEND", { id, destination: "/topic/" }, text))).toEqual({
        command: "SEND",
        headers: { id, destination: "/topic/" },
        body: text,
      });
    }),
  );
});

test.each(["\n", "", "no frame", "SEND\n\nwithout an end"])("%j is no frame", (message) => {
  expect(readFrame(message)).toBeUndefined();
});
