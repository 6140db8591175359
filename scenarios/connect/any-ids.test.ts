import { expect, test } from "vitest";
import type { NewEvent } from "../../harness/history/events/events.ts";
import { casesOf } from "../../harness/scenario/scenario.ts";
import { profile, written } from "../../testing/harness/written.ts";
import { scenarioOf } from "../index.ts";
import { ids } from "./any-ids.ts";

test("no id holds a dot, also not escaped, or a semicolon", () => {
  for (const { serverId, sessionId } of Object.values(ids))
    for (const id of [serverId, ...Array.from({ length: 100 }, (_, n) => sessionId(n))])
      expect(id).not.toMatch(/[.;]|%2e|%3b/i);
});

test.each(Object.entries(ids))(
  "attempts at %s that follow each other have ids of their own",
  (name, { sessionId }) => {
    const many = name === "as-the-transport" ? 10 : 60;
    expect(new Set(Array.from({ length: many }, (_, n) => sessionId(n))).size).toBe(many);
  },
);

test("a failure says which ids were refused", () => {
  const [one] = casesOf(scenarioOf("connect/any-ids")).filter(({ axes }) => axes["ids"] === "punctuation");
  const [connects] = one?.checks["SOCKJS-ANY-IDS"] ?? [];
  const closed: NewEvent = { kind: "closed", actor: "alice", code: null, reason: "404" };
  const verdict = connects?.judge({ events: written([10, closed]), profile, alone: true });
  expect(verdict).toMatchObject({
    kind: "fail",
    expected: 'CONNECTED (server id "000", a session id like "~!$&()*+,=:@-")',
  });
});
