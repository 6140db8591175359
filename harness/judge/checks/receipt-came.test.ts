import { expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { arrives, verdictOf, written } from "../../../testing/harness/written.ts";
import { receiptCame } from "./receipt-came.ts";

const alice = arrives("alice", 0);
const at = alice.length;
const sends = (actor: string) => [5, { kind: "disconnect-sent", actor, receipt: true }] as const;
const receipt = (actor: string, of: string) => [1200, { kind: "receipt", actor, of }] as const;
const judged = (...entries: (readonly [number, NewEvent])[]) =>
  verdictOf(receiptCame("alice"), written(...alice, ...entries));
const failed = (until: string) => ({
  kind: "fail",
  expected: "RECEIPT for the DISCONNECT",
  actual: `none by ${until}`,
  evidence: [at],
});

test("passes with the RECEIPT for the actor's own DISCONNECT", () => {
  expect(judged(sends("alice"), receipt("alice", "disconnect"))).toEqual({
    kind: "pass",
    evidence: [at, at + 1],
  });
});

test("fails where none came, or only another's, or only one for something else", () => {
  expect(judged(sends("alice"))).toEqual(failed("0.005 s"));
  expect(judged(sends("alice"), receipt("bob", "disconnect"))).toEqual(failed("1.200 s"));
  expect(judged(sends("alice"), receipt("alice", "subscribe"))).toEqual(failed("1.200 s"));
});

test("asks nothing of an actor that sent no DISCONNECT, though another did", () => {
  expect(judged(sends("bob"), receipt("alice", "disconnect"))).toEqual({
    kind: "inconclusive",
    reason: "alice sent no DISCONNECT",
  });
});
