import fc from "fast-check";
import { expect, test } from "vitest";
import { groupBy } from "../../reports/read/record-queries.ts";
import { estimateLeftMs, type CaseState } from "./estimate.ts";

/** A case of a simulated run. Times are in milliseconds. */
interface SimulatedCase {
  readonly scenario: string;
  readonly expectedMs: number;
  readonly failingMs: number;
  readonly waitsLong: boolean;
  readonly phase: number;
  /** True duration of each attempt. */
  readonly trueMs: number;
  /** Number of attempts after the first. */
  readonly retries: number;
}

/** Attempt of a simulated run. */
interface SimulatedAttempt {
  readonly number: number;
  readonly isRetry: boolean;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Number of retries that run at the same time. */
const retriesAtOnce = 8;

/** Most that a duration differs from the others of its scenario. */
const spread = 1.25;

/** Slowness of a broken target: its cases wait for four deadlines. */
const brokenTimes = 4;

const scenario = fc
  .record({
    expectedMs: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 50, max: 10_000 }) },
      { weight: 1, arbitrary: fc.integer({ min: 30_000, max: 90_000 }) },
    ),
    isBroken: fc.boolean(),
    waitsLong: fc.boolean(),
    phase: fc.nat({ max: 2 }),
    spreads: fc.array(fc.double({ min: 1 / spread, max: spread, noNaN: true }), {
      minLength: 1,
      maxLength: 25,
    }),
  })
  .map(({ expectedMs, isBroken, waitsLong, phase, spreads }) =>
    spreads.map((factor) => ({
      expectedMs,
      failingMs: brokenTimes * expectedMs,
      waitsLong: waitsLong && expectedMs >= 30_000,
      phase,
      trueMs: expectedMs * factor * (isBroken ? brokenTimes : 1),
      retries: isBroken ? 2 : 0,
    })),
  );

const run = fc
  .record({
    workers: fc.integer({ min: 1, max: 40 }),
    scenarios: fc.array(scenario, { minLength: 1, maxLength: 12 }),
  })
  .map(({ workers, scenarios }) => ({
    workers,
    cases: scenarios.flatMap((cases, place) =>
      cases.map((one): SimulatedCase => ({ ...one, scenario: `s${place}` })),
    ),
  }));

/** Runs attempts on so many places in the given order, from a time on. */
function schedule(
  attempts: readonly { readonly number: number; readonly ms: number; readonly isRetry: boolean }[],
  places: number,
  startMs: number,
): SimulatedAttempt[] {
  const freeMs = Array.from({ length: places }, () => startMs);
  return attempts.map(({ number, ms, isRetry }) => {
    const fromMs = Math.min(...freeMs);
    freeMs[freeMs.indexOf(fromMs)] = fromMs + ms;
    return { number, isRetry, fromMs, untilMs: fromMs + ms };
  });
}

/** Plays a run: the phases one after the other, then the retries. */
function play(cases: readonly SimulatedCase[], workers: number) {
  const all: SimulatedAttempt[] = [];
  const endMs = () => Math.max(0, ...all.map(({ untilMs }) => untilMs));
  for (const phase of [0, 1, 2]) {
    const startMs = endMs();
    const own = cases.flatMap(({ trueMs, phase: its, waitsLong }, number) =>
      its === phase ? [{ number, ms: trueMs, isRetry: false, waitsLong }] : [],
    );
    const placed = own.filter((one) => !one.waitsLong);
    all.push(
      ...schedule(placed, workers, startMs),
      ...own
        .filter((one) => one.waitsLong)
        .map(({ number, ms }) => ({ number, isRetry: false, fromMs: startMs, untilMs: startMs + ms })),
    );
  }
  const firstsEndMs = endMs();
  for (const round of [1, 2]) {
    const retries = cases.flatMap(({ trueMs, retries: times }, number) =>
      times >= round ? [{ number, ms: trueMs, isRetry: true }] : [],
    );
    all.push(...schedule(retries, retriesAtOnce, endMs()));
  }
  return { attempts: all, firstsEndMs, endMs: endMs() };
}

/** Returns the state of a played run at a time. Retries are planned when the last first attempt ends. */
function stateAt(
  cases: readonly SimulatedCase[],
  { attempts, firstsEndMs }: ReturnType<typeof play>,
  atMs: number,
): CaseState[] {
  const byNumber = groupBy(attempts, ({ number }) => String(number));
  return cases.map((one, number) => {
    const own = byNumber.get(String(number)) ?? [];
    const known = own.filter(({ isRetry }) => !isRetry || atMs >= firstsEndMs);
    const running = known.find(({ fromMs, untilMs }) => fromMs <= atMs && atMs < untilMs);
    return {
      ...one,
      id: `${one.scenario}/${number}`,
      tookMs: own.filter(({ untilMs }) => untilMs <= atMs).map(({ fromMs, untilMs }) => untilMs - fromMs),
      runningMs: running && atMs - running.fromMs,
      attemptsLeft: known.filter(({ fromMs }) => fromMs > atMs).length,
    };
  });
}

/** Compares the estimate with the truth at many moments of a simulated run. Times are in milliseconds. */
function compare(
  { cases, workers }: { readonly cases: readonly SimulatedCase[]; readonly workers: number },
  moments: number,
  judge: (at: {
    readonly atMs: number;
    readonly estimateMs: number;
    /** Remaining time: of all first attempts, and from the announcement of the retries on of everything. */
    readonly leftMs: number;
    /** True if each scenario has a result, so that its duration on this target is known. */
    readonly isKnown: boolean;
    /** Time from one moment to the next. */
    readonly stepMs: number;
  }) => void,
): void {
  const played = play(cases, workers);
  const stepMs = played.endMs / moments;
  for (let atMs = 0; atMs < played.endMs; atMs += stepMs) {
    const states = stateAt(cases, played, atMs);
    const known = new Set(states.flatMap(({ tookMs, scenario: name }) => (tookMs.length > 0 ? [name] : [])));
    judge({
      atMs,
      stepMs,
      estimateMs: estimateLeftMs({ cases: states, workers, retriesAtOnce }),
      leftMs: (atMs < played.firstsEndMs ? played.firstsEndMs : played.endMs) - atMs,
      isKnown: cases.every(({ scenario: name }) => known.has(name)),
    });
  }
}

const numbers = { numRuns: 100, interruptAfterTimeLimit: 20_000 };

test("once each scenario has a result, the whole run is estimated within a factor of 2, and a second", () => {
  fc.assert(
    fc.property(run, (simulated) =>
      compare(simulated, 40, ({ atMs, estimateMs, leftMs, isKnown }) => {
        if (!isKnown) return;
        expect(atMs + estimateMs + 1_000, `at ${atMs}`).toBeGreaterThanOrEqual((atMs + leftMs) / 2);
        expect(atMs + estimateMs, `at ${atMs}`).toBeLessThanOrEqual(2 * (atMs + leftMs) + 1_000);
      }),
    ),
    numbers,
  );
});

test("it says less than 10 s for half a minute at most while more than a minute is left", () => {
  fc.assert(
    fc.property(run, (simulated) => {
      let wrongMs = 0;
      compare(simulated, 200, ({ estimateMs, leftMs, stepMs }) => {
        if (estimateMs < 10_000 && leftMs > 60_000) wrongMs += stepMs;
      });
      expect(wrongMs).toBeLessThanOrEqual(30_000);
    }),
    numbers,
  );
});
