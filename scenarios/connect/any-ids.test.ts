import { expect, test } from "vitest";
import type { NewEvent } from "../../harness/history/events/events.ts";
import { casesOf } from "../../harness/scenario/scenario.ts";
import { profile, written } from "../../testing/harness/written.ts";
import { scenarioOf } from "../index.ts";
import { ids } from "./any-ids.ts";

test("no id holds a dot, also not escaped, or a semicolon", () => {
  for (const id of Object.values(ids).flat()) expect(id).not.toMatch(/[.;]|%2e|%3b/i);
});

test("a failure says which ids were refused", () => {
  const [one] = casesOf(scenarioOf("connect/any-ids")).filter(({ axes }) => axes["ids"] === "punctuation");
  const [connects] = one?.checks["SOCKJS-ANY-IDS"] ?? [];
  const closed: NewEvent = { kind: "closed", actor: "alice", code: null, reason: "404" };
  const verdict = connects?.judge({ events: written([10, closed]), profile, alone: true });
  expect(verdict).toMatchObject({
    kind: "fail",
    expected: 'CONNECTED (server id "000", session id "~!$&()*+,=:@-")',
  });
});
