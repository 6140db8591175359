import { isOverHttp } from "../../harness/profile/transports.ts";
import type { Profile } from "../../harness/profile/profile.ts";
import { silentDropCauses, silentDropMs } from "../../harness/profile/silent-drop.ts";
import { needs, type Case } from "../../harness/scenario/scenario.ts";
import { idleWaitMs, patienceMs } from "../../harness/stage/limits.ts";

/** A deadline of the profile that a group of cases waits for. */
export interface DeclaredWait {
  /** Key of the profile. */
  readonly key: string;
  /** End of the sentence "6 cases wait 60 s each …". */
  readonly until: string;
  /** Way to shorten a wait of so many milliseconds, as a sentence. */
  readonly shorten: (ms: number) => string;
  readonly appliesTo: (one: Case) => boolean;
  /** The deadline in milliseconds; 0 if the profile does not set it. */
  readonly ms: (profile: Profile) => number;
  /** Returns how long a case waits if the server misses the deadline, both in milliseconds. */
  readonly failingMs: (ms: number) => number;
}

/** Deadline for silent drops that `--silent-within` is shown with, in milliseconds. */
const shortMs = 20_000;

const isOnHttp = ({ axes: { transport } }: Case) =>
  transport !== undefined && transport !== "native" && isOverHttp(transport);

/** The last entry applies to every case. */
const waits: readonly DeclaredWait[] = [
  {
    key: "proxyIdleMs",
    until: "on idle connections, which a proxy would cut",
    shorten: () => "`--tier quick` leaves them out. Lower the key if your proxies cut sooner.",
    appliesTo: ({ scenario }) => scenario.fixedWaitMs !== undefined,
    ms: (profile) => idleWaitMs(profile),
    failingMs: (ms) => ms,
  },
  {
    key: "deadlines.silentMs",
    until: "for the leave of a client that dropped off the network",
    shorten: (ms) =>
      ms > shortMs
        ? "`--silent-within 20s` sets a shorter deadline for them."
        : "A shorter `--silent-within` makes them shorter.",
    appliesTo: ({ scenario }) => scenario.waitsLong === true && scenario.fixedWaitMs === undefined,
    ms: (profile) => Math.max(...silentDropCauses.map((cause) => silentDropMs(cause, profile))),
    failingMs: (ms) => ms,
  },
  {
    key: "deadlines.silentMs",
    until: "for the leave of a silent client without heartbeats",
    shorten: () => "Lower the key if the server is faster, or remove it: these cases then do not apply.",
    appliesTo: (one) => needs(one, "silence-deadline"),
    ms: ({ deadlines }) => deadlines.silentMs ?? 0,
    failingMs: patienceMs,
  },
  {
    key: "deadlines.connectMs",
    until: "for the server to close a connection without a CONNECT",
    shorten: () =>
      "Configure a shorter timeout in the server and lower the key, or remove the key: these cases then do not apply.",
    appliesTo: (one) => needs(one, "connect-deadline"),
    ms: ({ deadlines }) => deadlines.connectMs ?? 0,
    failingMs: (ms) => 2 * ms,
  },
  {
    key: "deadlines.reconcileMs",
    until: "for the leaves after a restart of the server",
    shorten: () => "Lower the key if the server is faster.",
    appliesTo: (one) => needs(one, "reconciliation"),
    ms: ({ deadlines }) => deadlines.reconcileMs ?? 0,
    failingMs: patienceMs,
  },
  {
    key: "heartbeatMs",
    until: "for the leave of a client whose heartbeats stop",
    shorten: () => "Lower `heartbeatMs`, or `deadlines.silenceIntervals`.",
    appliesTo: (one) => needs(one, "heartbeats"),
    ms: ({ heartbeatMs, deadlines }) => heartbeatMs * deadlines.silenceIntervals,
    failingMs: patienceMs,
  },
  {
    key: "deadlines.httpEndedMs",
    until: "for leaves of clients on HTTP transports",
    shorten: () => "Configure a shorter disconnect delay in the server and lower the key.",
    appliesTo: isOnHttp,
    ms: ({ deadlines }) => deadlines.httpEndedMs,
    failingMs: patienceMs,
  },
  {
    key: "deadlines.endedMs",
    until: "for leaves after a visible end",
    shorten: () => "Lower the key if the server is faster.",
    appliesTo: () => true,
    ms: ({ deadlines }) => deadlines.endedMs,
    failingMs: patienceMs,
  },
];

/** Returns the longest declared wait of a case, and its length in milliseconds, with the grace period. */
export function declaredWaitOf(
  one: Case,
  profile: Profile,
): { readonly wait: DeclaredWait | undefined; readonly ms: number } {
  const [longest] = waits
    .filter(({ appliesTo }) => appliesTo(one))
    .map((wait) => ({ wait, ms: wait.ms(profile) }))
    .sort((a, b) => b.ms - a.ms);
  return { wait: longest?.wait, ms: (longest?.ms ?? 0) + profile.graceMs };
}
