import { expect, test } from "vitest";
import { arrives, profile, written } from "../../../testing/harness/written.ts";
import { observersStayConnected } from "./observers-stay-connected.ts";

const judge = (events: ReturnType<typeof written>) =>
  observersStayConnected().judge({ events, profile, alone: true });
const lost = (actor: string) =>
  [9, { kind: "observer-lost", actor, reason: "the target closed it" }] as const;

test("passes where the target answers and no observer is lost", () => {
  expect(judge(written(...arrives("alice", 0)))).toMatchObject({ kind: "pass" });
  expect(judge(written())).toMatchObject({ kind: "inconclusive" });
});

test("fails by each lost observer, and quotes the first", () => {
  const one = written(...arrives("alice", 0), lost("observer-5"));
  expect(judge(one)).toMatchObject({
    kind: "fail",
    actual: "observer-5 only listened: the target closed it",
    evidence: [one.length - 1],
  });
  const two = written(...arrives("alice", 0), lost("observer-5"), lost("observer-17"));
  expect(judge(two)).toMatchObject({
    kind: "fail",
    actual: "2 clients that only listened were ended. The first is observer-5: the target closed it",
    evidence: [two.length - 2, two.length - 1],
  });
});
