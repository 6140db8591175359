import type { ReportedEvent } from "../../harness/history/events/harness-events.ts";
import type { NewEvent } from "../../harness/history/events/events.ts";
import { parseProfile, type ProfileInput } from "../../harness/profile/profile.ts";

type Entry = [atMs: number, event: NewEvent];

/** A target whose deadlines for a restart are declared. */
export const reconciling = (more: ProfileInput = {}) =>
  parseProfile(
    { deadlines: { reconcileMs: 2_000 }, probe: { path: "/p", mappings: "/n" }, ...more },
    "a test",
  );

/** The target is killed, and with it these actors' sessions end. */
export const killedWith = (atMs: number, ...actors: string[]): Entry[] => [
  ...actors.map((actor): Entry => [
    atMs,
    { kind: "fault-injected", actor, fault: "kill-target", ends: "with-target" },
  ]),
  ...actors.map((actor): Entry => [atMs, { kind: "closed", actor, code: 1006, reason: "" }]),
  ...actors.map((actor): Entry => [
    atMs,
    { kind: "fault-witnessed", actor, fault: "kill-target", witness: "seen", effectAtMs: atMs },
  ]),
];

/** It is up again. */
export const up = (atMs: number): Entry => [atMs, { kind: "target-started", actor: "harness" }];

/** The probe answers as soon as it is asked. */
export const probed = (
  atMs: number,
  mappings: number,
  { sessions = null, told = [] }: { sessions?: number | null; told?: readonly ReportedEvent[] } = {},
): Entry => [atMs, { kind: "probed", actor: "harness", askedAtMs: atMs, mappings, sessions, told }];
