import { explains } from "../../harness/judge/excuse.ts";
import { parseProfile, type Profile } from "../../harness/profile/profile.ts";
import { defaultDeadlines } from "../../harness/profile/running.ts";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { runCases, type FinishedCase } from "../../harness/run/runner.ts";
import { casesOf, needs, type Case } from "../../harness/scenario/scenario.ts";
import { silentDropCauses } from "../../harness/profile/silent-drop.ts";
import { bareRun } from "../harness/bare-run.ts";
import { phaseIn } from "../../scenarios/grid.ts";
import { scenarios } from "../../scenarios/index.ts";
import { quickIds } from "../../scenarios/tiers.ts";
import type { Shape } from "./sample-server.ts";
import { startShapeServer } from "./server/start-server.ts";

export interface RunOptions {
  /** Of cases, or of scenarios whose usual ones are asked; the quick tier when left out. None that takes a browser. */
  readonly ids?: readonly string[];
  readonly workers?: number;
  /** The time for leaves at least, in milliseconds; the shape's own when left out. */
  readonly endedAtLeastMs?: number;
}

/**
 * What a right server's leaves may take in a test, in milliseconds. It runs in the harness's own process, beside several
 * others, and on a busy machine each turn of the event loop on a leave's way takes a while.
 */
const rightEndedMs = 1_000;

/** Somebody leaves who was known, by a WebSocket where that can be. */
const isUsual = ({ axes, scenario }: Case): boolean =>
  phaseIn(axes) === "identified" &&
  (!(axes["transport"] ?? "native").match(/-|eventsource/) ||
    scenario.impossible?.({ transport: "native" }) !== undefined);

/** Runs scenarios against a small server. */
export async function recordsOf(
  { server, profile, application }: Omit<Shape, "broken">,
  { ids, workers = bareRun.workers, endedAtLeastMs = 0 }: RunOptions = {},
): Promise<CaseRecord[]> {
  const quick = quickIds(scenarios);
  const all = scenarios.flatMap(casesOf).filter((one) => !needs(one, "browser"));
  const cases =
    ids === undefined
      ? all.filter(({ id }) => quick.has(id))
      : all.filter((one) => ids.includes(one.id) || (ids.includes(one.scenario.id) && isUsual(one)));
  const { url, close } = await startShapeServer(application, server);
  try {
    const { finished } = await runCases({
      ...bareRun,
      workers,
      cases,
      profile: parseProfile({ url: url.href, ...scaled(profile, endedAtLeastMs) }, "the shape's profile"),
      target: new URL(url.href.replace(/^ws/, "http")),
    });
    return finished.map(({ record }) => record);
  } finally {
    await close();
  }
}

/** The same profile with users who beat every half second, so that a silent drop takes seconds. */
const scaled = (profile: Shape["profile"], endedAtLeastMs: number): Shape["profile"] => ({
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

/** How many servers are asked at once. One process does not keep the time of more. */
const serversAtOnce = 8;

/** Calls `act` for each item, for a few of them at once. Returns the results in the order of the items. */
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
 * The same, of several right servers at once. That may hold up the harness itself, which then says so and leaves a case open:
 * such cases are asked once more, when nothing else runs.
 */
export async function recordsOfAll(
  servers: Readonly<Record<string, Omit<Shape, "broken">>>,
  asked: RunOptions = {},
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

/** Returns true where the harness's own delay explains why the case is open, at each attempt. */
export const wasHeldUp = ({ record, attempts }: FinishedCase, profile: Profile): boolean =>
  isOpen(record) && attempts.length > 0 && attempts.every((attempt) => explains(attempt, profile));

/** All that is not as it is on a right server, a line each. */
export const complaintsIn = (records: readonly CaseRecord[]): string[] =>
  records.flatMap(({ id, verdicts }) =>
    verdicts.flatMap((verdict) => {
      const { requirement, check, kind } = verdict;
      if (kind === "fail") return [`${id} ${requirement} ${check} fails: ${verdict.actual}`];
      return kind === "inconclusive" ? [`${id} ${requirement} ${check} is open: ${verdict.reason}`] : [];
    }),
  );
