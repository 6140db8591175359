import { expect, test } from "vitest";
import { secrets } from "../../harness/secrets/secrets.ts";
import { refusal } from "./examination.ts";

const error = (headers: Record<string, string>, body: string) => refusal({ command: "ERROR", headers, body });

test("an ERROR is shown with its message and its body, shortened and masked", () => {
  secrets.learn("passcode-of-a-user");
  expect(error({ message: "Access denied" }, "no token\n")).toBe(
    'ERROR "Access denied", with the body "no token"',
  );
  expect(error({ message: "Access denied" }, "")).toBe('ERROR "Access denied"');
  expect(error({ message: "Access denied" }, "Access denied")).toBe('ERROR "Access denied"');
  expect(error({}, "no token")).toBe('ERROR "no token"');
  const long = error({ message: "passcode-of-a-user" }, `passcode-of-a-user is wrong ${"x".repeat(500)}`);
  expect(long).toMatch(/^ERROR "\[masked \d+\]", with the body "\[masked \d+\] is wrong x+…"$/);
  expect(long.length).toBeLessThan(250);
});

test("another frame is named", () => {
  expect(refusal({ command: "MESSAGE", headers: {}, body: "" })).toBe('"MESSAGE" came first');
});
