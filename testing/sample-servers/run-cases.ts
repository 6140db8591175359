import { explains } from "../../harness/judge/attempts/harness-delay.ts";
import { parseProfile, type Profile, type ProfileInput } from "../../harness/profile/profile.ts";
import { defaultDeadlines } from "../../harness/profile/running.ts";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { runCases, type FinishedCase } from "../../harness/run/runner.ts";
import { casesOf, needs, type Case } from "../../harness/scenario/scenario.ts";
import { silentDropCauses } from "../../harness/profile/silent-drop.ts";
import { testRun } from "../harness/chat-run.ts";
import { phaseIn } from "../../scenarios/grid.ts";
import { scenarios } from "../../scenarios/index.ts";
import { quickIds } from "../../scenarios/tiers.ts";
import type { RightServer } from "./sample-server.ts";
import { startServer } from "./server/start-server.ts";

/** Selection of the cases that run on a sample server. */
export interface SampleRunOptions {
  /** Ids of cases, or of scenarios whose usual cases run; the quick tier when left out. Cases with a browser never run. */
  readonly ids?: readonly string[];
  readonly workers?: number;
  /** Shortest deadline of a leave, in milliseconds; the profile's own when left out. */
  readonly endedAtLeastMs?: number;
}

/**
 * Shortest deadline of a right server's leaves, in milliseconds. The server runs in the harness's own process beside several
 * others, and a busy machine delays each turn of the event loop.
 */
const rightEndedMs = 1_000;

/** Returns true where the case ends an identified client, on a WebSocket if the scenario can. */
const isUsual = ({ axes, scenario }: Case): boolean =>
  phaseIn(axes) === "identified" &&
  (!(axes["transport"] ?? "native").match(/-|eventsource/) ||
    scenario.impossible?.({ transport: "native" }) !== undefined);

/** Starts a server, runs cases on it, and returns their records. */
export async function recordsOf(
  { server, profile, application }: RightServer,
  { ids, workers = 6, endedAtLeastMs = 0 }: SampleRunOptions = {},
): Promise<CaseRecord[]> {
  const quick = quickIds(scenarios);
  const all = scenarios.flatMap(casesOf).filter((one) => !needs(one, "browser"));
  const cases =
    ids === undefined
      ? all.filter(({ id }) => quick.has(id))
      : all.filter((one) => ids.includes(one.id) || (ids.includes(one.scenario.id) && isUsual(one)));
  const { url, close } = await startServer(application, server);
  try {
    const { finished } = await runCases({
      ...testRun,
      workers,
      cases,
      profile: parseProfile({ url: url.href, ...scaled(profile, endedAtLeastMs) }, "the sample's profile"),
      target: new URL(url.href.replace(/^ws/, "http")),
    });
    return finished.map(({ record }) => record);
  } finally {
    await close();
  }
}

/** Returns the profile with heartbeats every half second, so that the server notices a silent drop within seconds. */
const scaled = (profile: ProfileInput, endedAtLeastMs: number): ProfileInput => ({
  clientHeartbeatMs: 500,
  ...profile,
  deadlines: {
    ...profile.deadlines,
    endedMs: Math.max(profile.deadlines?.endedMs ?? defaultDeadlines.endedMs, endedAtLeastMs),
    causes: {
      ...Object.fromEntries(silentDropCauses.map((cause) => [cause, 3_000])),
      ...profile.deadlines?.causes,
    },
  },
});

/** Number of servers at once. More of them delay the harness. */
const serversAtOnce = 8;

/** Calls `act` for each item, eight at once. Returns the results in the order of the items. */
export async function forEachServer<T, R>(
  items: readonly T[],
  act: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const work = async () => {
    for (const [place, item] of queue) results[place] = await act(item);
  };
  await Promise.all(Array.from({ length: serversAtOnce }, work));
  return results;
}

/**
 * Runs cases on several right servers at once, and returns their records by server. This may delay the harness, which
 * leaves some cases open: they run once more, alone.
 */
export async function recordsOfAll(
  servers: Readonly<Record<string, RightServer>>,
  asked: SampleRunOptions = {},
): Promise<Readonly<Record<string, readonly CaseRecord[]>>> {
  const options = { endedAtLeastMs: rightEndedMs, ...asked };
  const runs = await forEachServer(
    Object.entries(servers),
    async ([name, server]) => [name, server, await recordsOf(server, options)] as const,
  );
  const records: Record<string, readonly CaseRecord[]> = {};
  for (const [name, server, first] of runs) {
    const ids = first.filter(isOpen).map(({ id }) => id);
    const again = ids.length === 0 ? [] : await recordsOf(server, { ...options, ids, workers: 1 });
    records[name] = first.map((record) =>
      isOpen(record) ? (again.find(({ id }) => id === record.id) ?? record) : record,
    );
  }
  return records;
}

const isOpen = ({ verdicts }: CaseRecord): boolean => verdicts.some(({ kind }) => kind === "inconclusive");

/** Returns true where the harness's own delay explains the open verdict of each attempt. */
export const wasHeldUp = ({ record, attempts }: FinishedCase, profile: Profile): boolean =>
  isOpen(record) && attempts.length > 0 && attempts.every((attempt) => explains(attempt, profile));

/** Returns a line for each verdict that a right server must not get. */
export const complaintsIn = (records: readonly CaseRecord[]): string[] =>
  records.flatMap(({ id, verdicts }) =>
    verdicts.flatMap((verdict) => {
      const { requirement, check, kind } = verdict;
      if (kind === "fail") return [`${id} ${requirement} ${check} fails: ${verdict.actual}`];
      return kind === "inconclusive" ? [`${id} ${requirement} ${check} is open: ${verdict.reason}`] : [];
    }),
  );
