import { parseProfile } from "../../harness/profile.ts";
import { lagMarginMs } from "../../harness/checks/lateness.ts";
import type { CaseRecord } from "../../harness/record.ts";
import { runCases } from "../../harness/runner.ts";
import { casesOf, needs } from "../../harness/scenario.ts";
import { bareRun } from "../../harness/testing/bare-run.ts";
import { scenarios } from "../index.ts";
import { quickIds } from "../tiers.ts";
import type { Shape } from "./shape.ts";
import { startShapeServer } from "./shape-server.ts";

export interface RunOptions {
  /** Of scenarios or of cases; all when left out. In any case those of the quick tier alone, that take no browser. */
  readonly ids?: readonly string[];
  readonly workers?: number;
}

/** Runs scenarios against a small server. */
export async function recordsOf(
  { server, profile, application }: Omit<Shape, "broken">,
  { ids, workers = bareRun.workers }: RunOptions = {},
): Promise<CaseRecord[]> {
  const quick = quickIds(scenarios);
  const cases = scenarios
    .flatMap(casesOf)
    .filter((one) => quick.has(one.id) && !needs(one, "browser"))
    .filter(({ id, scenario }) => ids === undefined || ids.includes(id) || ids.includes(scenario.id));
  const { url, close } = await startShapeServer(application, server);
  try {
    const { finished } = await runCases({
      ...bareRun,
      workers,
      cases,
      profile: parseProfile({ url: url.href, ...profile }, "the shape's profile"),
      target: new URL(url.href.replace(/^ws/, "http")),
    });
    return finished.map(({ record }) => record);
  } finally {
    await close();
  }
}

/**
 * The same, of several servers at once. That may hold up the harness itself, which then says so and leaves a case open:
 * such cases are asked once more, when nothing else runs.
 */
export async function recordsOfAll(
  servers: Readonly<Record<string, Omit<Shape, "broken">>>,
  options: RunOptions = {},
): Promise<Readonly<Record<string, readonly CaseRecord[]>>> {
  const runs = Object.entries(servers).map(
    async ([name, server]) => [name, server, await recordsOf(server, options)] as const,
  );
  const records: Record<string, readonly CaseRecord[]> = {};
  for (const [name, server, first] of await Promise.all(runs)) {
    const ids = first.filter(wasHeldUp).map(({ id }) => id);
    const again = ids.length === 0 ? [] : await recordsOf(server, { ids, workers: 1 });
    records[name] = first.map((record) =>
      wasHeldUp(record) ? (again.find(({ id }) => id === record.id) ?? record) : record,
    );
  }
  return records;
}

/** Whether the harness itself was too slow to judge. */
export const wasHeldUp = ({ verdicts, lagMaxMs }: CaseRecord): boolean =>
  lagMaxMs > lagMarginMs && verdicts.some(({ kind }) => kind === "inconclusive");

/** All that is not as it is on a right server, a line each. */
export const complaintsIn = (records: readonly CaseRecord[]): string[] =>
  records.flatMap(({ id, verdicts }) =>
    verdicts.flatMap((verdict) => {
      const { requirement, check, kind } = verdict;
      if (kind === "fail") return [`${id} ${requirement} ${check} fails: ${verdict.actual}`];
      return kind === "inconclusive" ? [`${id} ${requirement} ${check} is open: ${verdict.reason}`] : [];
    }),
  );
