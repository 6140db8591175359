import { expect, test } from "vitest";
import type { Attempt } from "../../judge/judged-attempt.ts";
import { attributeUnclaimed } from "./unclaimed-notices.ts";
import type { HistoryEvent } from "../../history/events/events.ts";
import { caseOf } from "../../scenario/scenario.ts";
import { arrives, hears, written } from "../../../testing/harness/written.ts";

const caseNamed = (id: string) => caseOf({ id, title: "t", run: () => Promise.resolve(), checks: {} });
const attempt = (events: HistoryEvent[], alone: boolean): Attempt => ({
  alone,
  trouble: null,
  durationMs: 1,
  lagMaxMs: 0,
  events,
});
const odd = (atMs: number) => hears("bob", "leave", "<b onclick=", atMs, "nobody");
const heard = () => written(...arrives("bob", 0), odd(10), hears("bob", "leave", "alice", 20));
const clean = () => written(...arrives("bob", 0), hears("bob", "leave", "alice", 20));

const guilty = caseNamed("guilty");
const beside = caseNamed("beside");

test("an unclaimed notice that one case hears again when alone is left out of the others", () => {
  const explain = attributeUnclaimed(
    new Map([
      [guilty, [attempt(heard(), false), attempt(heard(), true)]],
      [beside, [attempt(heard(), false), attempt(clean(), true)]],
    ]),
  );
  expect(explain(beside, attempt(heard(), false)).events).toEqual(clean());
  expect(explain(guilty, attempt(heard(), false)).events).toEqual(heard());
});

test("one that nobody hears again stays everywhere, and so does one heard alone", () => {
  const all = new Map([
    [guilty, [attempt(heard(), false), attempt(clean(), true)]],
    [beside, [attempt(heard(), false)]],
  ]);
  const explain = attributeUnclaimed(all);
  for (const one of [guilty, beside]) expect(explain(one, attempt(heard(), false)).events).toEqual(heard());
  const twice = attributeUnclaimed(new Map([[guilty, [attempt(heard(), true)]]]));
  expect(twice(beside, attempt(heard(), true)).events).toEqual(heard());
});
