import { expect, test, vi } from "vitest";
import { arrives, closes, profile, written } from "../../testing/harness/written.ts";
import { parseProfile } from "../profile/profile.ts";
import type { Profile } from "../profile/profile.ts";
import { cachedByHistory } from "./cached-by-history.ts";
import type { HistoryEvent } from "./events/events.ts";

test("a history is read again after each further event, for another profile, and not otherwise", () => {
  const read = vi.fn((events: readonly HistoryEvent[], _profile: Profile) => ({ length: events.length }));
  const cached = cachedByHistory(read);
  const all = written(...arrives("alice", 0), closes("alice", 10));
  const growing = all.slice(0, -1);
  const before = cached(growing, profile);
  expect(cached(growing, profile)).toBe(before);
  expect(read).toHaveBeenCalledTimes(1);
  growing.push(...all.slice(-1));
  expect(cached(growing, profile)).toEqual({ length: all.length });
  cached(growing, parseProfile({}, "a test"));
  cached([...growing], profile);
  expect(read).toHaveBeenCalledTimes(4);
});
