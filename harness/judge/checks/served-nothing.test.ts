import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import {
  arrives,
  bobAndAlice,
  closes,
  hears,
  sentinel,
  verdictOf,
  written,
} from "../../../testing/harness/written.ts";
import { servedNothing } from "./served-nothing.ts";

const mallory = arrives("mallory", 20).slice(0, 1);
const start = [...bobAndAlice, ...mallory];
const judged = (...after: readonly (readonly [number, NewEvent])[]) =>
  verdictOf(servedNothing("mallory"), written(...start, ...after));

test("fails when anything comes that only a connected client gets", () => {
  expect(judged(hears("mallory", "join", "dave", 30))).toEqual({
    kind: "fail",
    expected: "no answer for mallory, which was not connected",
    actual: "it received a message: {}",
    evidence: [start.length],
  });
  const message = { kind: "message", actor: "mallory", destination: "/x", body: "secret" } as const;
  expect(judged([30, message])).toMatchObject({ actual: "it received a message: secret" });
  const receipt = { kind: "receipt", actor: "mallory", of: "early" } as const;
  expect(judged([30, receipt], closes("mallory", 31))).toMatchObject({ actual: "it received a RECEIPT" });
});

test("passes when it was closed, or others heard a sentinel and it did not", () => {
  expect(judged(closes("mallory", 30))).toEqual({ kind: "pass", evidence: [start.length] });
  expect(judged(...sentinel(1000, "bob", "alice")).kind).toBe("pass");
});

test("an ERROR is no service, nor is CONNECTED; where nobody is known to have listened nothing is concluded", () => {
  const error = { kind: "stomp-error", actor: "mallory", message: "no" } as const;
  expect(judged([30, error], closes("mallory", 31)).kind).toBe("pass");
  expect(judged(...arrives("mallory", 30).slice(1, 2), closes("mallory", 31)).kind).toBe("pass");
  expect(judged().kind).toBe("inconclusive");
});
