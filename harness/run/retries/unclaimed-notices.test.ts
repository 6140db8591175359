import { describe, expect, test } from "vitest";
import type { Attempt } from "../../judge/attempts/judged-attempt.ts";
import { attributeUnclaimed, nextSuspect } from "./unclaimed-notices.ts";
import type { HistoryEvent } from "../../history/events/events.ts";
import { caseOf } from "../../scenario/scenario.ts";
import { arrives, ends, hears, profile, written } from "../../../testing/harness/written.ts";

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
    profile,
  );
  expect(explain(beside, attempt(heard(), false)).events).toEqual(clean());
  expect(explain(guilty, attempt(heard(), false)).events).toEqual(heard());
});

test("one that nobody hears again stays everywhere, and so does one heard alone", () => {
  const all = new Map([
    [guilty, [attempt(heard(), false), attempt(clean(), true)]],
    [beside, [attempt(heard(), false)]],
  ]);
  const explain = attributeUnclaimed(all, profile);
  for (const one of [guilty, beside]) expect(explain(one, attempt(heard(), false)).events).toEqual(heard());
  const twice = attributeUnclaimed(new Map([[guilty, [attempt(heard(), true)]]]), profile);
  expect(twice(beside, attempt(heard(), true)).events).toEqual(heard());
});

describe("cases that may have caused an unclaimed notice", () => {
  const phased = (id: string, phase: string) =>
    caseOf({ id, title: "t", run: () => Promise.resolve(), checks: {} }, { phase });
  const unnamed = (atMs: number) => hears("bob", "leave", null, atMs, "nobody");
  const ending = (...notices: ReturnType<typeof unnamed>[]) =>
    written(
      ...arrives("bob", 0),
      ...arrives("alice", 1),
      ...ends("alice", 5),
      hears("bob", "leave", "alice", 6),
      ...notices,
    );
  /** Alice never identifies. */
  const nameless = (...notices: ReturnType<typeof unnamed>[]) =>
    written(...arrives("bob", 0), ...arrives("alice", 1, { client: null }), ...ends("alice", 5), ...notices);
  const near = phased("near", "identified");
  const likely = phased("likely", "connected");
  const like = phased("like", "connected");
  const other = phased("other", "subscribed");

  test("a client that ended without a name is the likeliest for a notice without one, then the latest fault", () => {
    const attempts = new Map([
      [near, [attempt(ending(unnamed(6)), false)]],
      [likely, [attempt(nameless(unnamed(30)), false)]],
    ]);
    expect(nextSuspect([near, likely], attempts, profile)).toBe(likely);
    const named = new Map([
      [near, [attempt(ending(odd(20)), false)]],
      [other, [attempt(ending(odd(10)), false)]],
    ]);
    expect(nextSuspect([near, other], named, profile)).toBe(other);
  });

  test("one of each kind is enough, and an explained notice has no unlikely second cause", () => {
    const attempts = new Map([
      [likely, [attempt(nameless(unnamed(9)), false), attempt(nameless(unnamed(9)), true)]],
      [like, [attempt(nameless(unnamed(9)), false)]],
      [other, [attempt(nameless(unnamed(9)), false)]],
      [near, [attempt(ending(unnamed(9)), false)]],
    ]);
    expect(nextSuspect([like, near], attempts, profile)).toBeUndefined();
    expect(nextSuspect([like, near, other], attempts, profile)).toBe(other);
    const attribute = attributeUnclaimed(attempts, profile);
    const [mine] = attempts.get(like) ?? [];
    const [theirs] = attempts.get(near) ?? [];
    expect(mine && attribute(like, mine)).toMatchObject({ explained: true, events: mine?.events });
    expect(theirs && attribute(near, theirs).events).toEqual(ending());
  });

  describe("a notice in place of a due leave", () => {
    const instead = written(...arrives("bob", 0), ...arrives("alice", 1), ...ends("alice", 5), unnamed(9));
    const unlike = caseNamed("unlike");

    test("is likely its case's own, and counts for each case that misses a leave if one received it alone", () => {
      const heard = attempt(instead, false);
      expect(nextSuspect([near], new Map([[near, [heard]]]), profile)).toBe(near);
      const alone = new Map([
        [near, [heard, attempt(instead, true)]],
        [unlike, [heard]],
      ]);
      expect(attributeUnclaimed(alone, profile)(unlike, heard)).toMatchObject({ explained: true });
    });

    test("does not count if only a client without a name causes it alone", () => {
      const heard = attempt(instead, false);
      const attempts = new Map([
        [likely, [attempt(nameless(unnamed(9)), true)]],
        [unlike, [heard]],
      ]);
      expect(attributeUnclaimed(attempts, profile)(unlike, heard)).not.toHaveProperty("explained");
    });
  });
});
