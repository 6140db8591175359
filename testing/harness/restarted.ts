import type { ReportedEvent } from "../../harness/history/events/harness-events.ts";
import { parseProfile, type ProfileInput } from "../../harness/profile/profile.ts";
import type { WrittenEvent } from "./written.ts";

/** Returns a profile that declares the deadlines of a restart. */
export const reconciling = (more: ProfileInput = {}) =>
  parseProfile(
    { deadlines: { reconcileMs: 2_000 }, probe: { path: "/p", mappings: "/n" }, ...more },
    "a test",
  );

/** Returns the events of a kill of the target, which ends these actors' sessions. */
export const killedWith = (atMs: number, ...actors: string[]): WrittenEvent[] => [
  ...actors.map((actor): WrittenEvent => [
    atMs,
    { kind: "fault-injected", actor, fault: "kill-target", ends: "with-target" },
  ]),
  ...actors.map((actor): WrittenEvent => [atMs, { kind: "closed", actor, code: 1006, reason: "" }]),
  ...actors.map((actor): WrittenEvent => [
    atMs,
    { kind: "fault-witnessed", actor, fault: "kill-target", witness: "seen", effectAtMs: atMs },
  ]),
];

/** Returns the event of the target's start. */
export const up = (atMs: number): WrittenEvent => [atMs, { kind: "target-started", actor: "harness" }];

/** Returns the event of a probe that answers at once. */
export const probed = (
  atMs: number,
  mappings: number,
  { sessions = null, told = [] }: { sessions?: number | null; told?: readonly ReportedEvent[] } = {},
): WrittenEvent => [atMs, { kind: "probed", actor: "harness", askedAtMs: atMs, mappings, sessions, told }];
