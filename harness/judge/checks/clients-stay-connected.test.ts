import { expect, test } from "vitest";
import { arrives, profile, written } from "../../../testing/harness/written.ts";
import { clientsStayConnected } from "./clients-stay-connected.ts";

const judge = (events: ReturnType<typeof written>) =>
  clientsStayConnected().judge({ events, profile, alone: true });
const lost = (actor: string) =>
  [9, { kind: "client-lost", actor, reason: `the target closed ${actor}` }] as const;

test("passes where the target answers and no client is lost", () => {
  expect(judge(written(...arrives("alice", 0)))).toMatchObject({ kind: "pass" });
  expect(judge(written())).toMatchObject({ kind: "inconclusive" });
});

test("fails by each lost client, and quotes the first", () => {
  const one = written(...arrives("alice", 0), lost("observer-5"));
  expect(judge(one)).toMatchObject({
    kind: "fail",
    actual: "the target closed observer-5",
    evidence: [one.length - 1],
  });
  const two = written(...arrives("alice", 0), lost("observer-5"), lost("observer-17"));
  expect(judge(two)).toMatchObject({
    kind: "fail",
    actual: "2 living clients were closed. The first: the target closed observer-5",
    evidence: [two.length - 2, two.length - 1],
  });
});
