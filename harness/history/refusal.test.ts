import { expect, test } from "vitest";
import { whyNotLetIn } from "./refusal.ts";

const nothing = { error: undefined, closed: undefined, loss: undefined, limitMs: 10_000 };
const closed = { code: 403, reason: "HTTP 403 Forbidden" };

test("an ERROR in place of CONNECTED is quoted, and no wait is claimed that there was not", () => {
  const error = { message: "no key in CONNECT" };
  const words = ': the target answered ERROR "no key in CONNECT"';
  expect(whyNotLetIn({ ...nothing, error })).toBe(words);
  expect(whyNotLetIn({ ...nothing, error, closed })).toBe(words);
});

test("a close is told with who did it, or as it came; silence with how long it was", () => {
  expect(whyNotLetIn({ ...nothing, closed })).toBe(": closed with 403 HTTP 403 Forbidden");
  expect(whyNotLetIn({ ...nothing, closed, loss: "the target closed it" })).toBe(": the target closed it");
  expect(whyNotLetIn(nothing)).toBe(" in 10000 ms");
});
