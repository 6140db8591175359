/** Run records for tests and screenshots: invented, in the form of a real one. */
import type { RunRecord } from "../../harness/judge/record.ts";
import { notApplicable } from "../../harness/judge/verdict.ts";
import { checkOf, recordOf } from "./build.ts";
import { onGrid, someBaseline } from "./grid.ts";
import { lingers, missed, suspended, twice, unheard, withoutProbe } from "./not-passing.ts";
import { madeHostile, madeHuge } from "./hostile.ts";
import { leaves, others, silent } from "./passing.ts";

/** Returns a record in which every case passed, with a browser and a probe. */
export function allPass(): RunRecord {
  return recordOf([...others, ...leaves, silent]);
}

/** Returns a record in which two MUSTs and a SHOULD failed, one of them in two of three attempts. */
export function withFailures(): RunRecord {
  const broken = new Set(["leave/fin", "leave/process-killed"]);
  const sound = [...others, ...leaves, silent].filter(({ id }) => !broken.has(id));
  return recordOf([...sound, twice, missed, lingers, suspended, ...withoutProbe], {
    target: {
      name: "chat on Spring Boot 4.0",
      url: "http://127.0.0.1:8080/connection",
      profile: { name: "chat on Spring Boot 4.0", capabilities: ["sockjs", "stomp-heartbeat"] },
    },
    waivers: [
      {
        requirement: "LINGER-ENDS",
        reason: "The broker closes after 30 s; accepted until the next release.",
      },
    ],
    durationMs: 12_604,
  });
}

/** Returns a record of the grid of endings with failures, gaps, and a baseline that accepts one failure. */
export function withBaseline(): RunRecord {
  return { ...recordOf([...others, ...onGrid, twice, unheard, lingers]), baseline: someBaseline };
}

/** Returns a record with an inconclusive MUST, since the harness was too slow. */
export function withInconclusive(): RunRecord {
  return recordOf([...others, ...leaves, suspended], {
    lag: { p50Ms: 4.1, maxMs: 412, proxy: { p50Ms: 0.2, maxMs: 401 } },
    durationMs: 21_377,
  });
}

/** Returns a record of a machine without a browser. */
export function withoutBrowser(): RunRecord {
  const why = "there is no browser on this machine";
  return recordOf(
    [...others, ...leaves, silent].map((run) =>
      run.id.startsWith("browser/")
        ? {
            ...run,
            durationMs: 0,
            detections: [],
            verdicts: run.verdicts.map(({ requirement, check }) =>
              checkOf(requirement, check, notApplicable(why)),
            ),
          }
        : run,
    ),
    {
      environment: { node: "v20.20.2", platform: "linux x64", cpus: 2, browser: null },
      notes: [
        "No browser was found, so the browser cases do not apply. Install Chromium, or name one with --browser.",
      ],
    },
  );
}

/** Returns a record of many cases. Every tenth fails, and each has a long timeline. */
export function large(cases: number): RunRecord {
  return recordOf(
    Array.from({ length: cases }, (_, number) => {
      const base = number % 10 === 3 ? twice : (leaves[number % leaves.length] ?? silent);
      const rounds = base.timeline === undefined ? 0 : 12;
      return {
        ...base,
        id: `${base.scenario}[round=${number}]`,
        axes: { ...base.axes, round: String(number) },
        timeline: Array.from({ length: rounds }, () => base.timeline ?? [])
          .flat()
          .map((event, index) => ({ ...event, index })),
      };
    }),
  );
}

/**
 * Returns a record like that of a server that notices only some ends: 134 of 560 cases fail, in 40 groups, on five
 * transports.
 */
export function broken(): RunRecord {
  const transports = ["websocket", "xhr-streaming", "xhr-polling", "eventsource", "native"];
  const { timeline = [] } = unheard;
  return recordOf(
    Array.from({ length: 560 }, (_, number) => {
      const transport = transports[number % 5] ?? "";
      const scenario = `leave/way-${Math.floor(number / 14)}`;
      const axes = { transport, phase: "identified", round: String(number % 14) };
      const id = `${scenario}[transport=${transport},phase=identified,round=${number % 14}]`;
      if (number % 14 > 3 || (number % 14 === 3 && number > 190)) return { ...silent, id, scenario, axes };
      const longer = Array.from({ length: 5 }, () => timeline).flat();
      return {
        ...unheard,
        ...{ id, scenario, axes },
        verdicts: unheard.verdicts.map((check) => ({
          ...check,
          check: check.check.replace("(", `-${Math.floor(number / 14)}(`),
        })),
        timeline: longer.map((event, index) => ({ ...event, index })),
      };
    }),
  );
}

/** Returns a record of many cases that fail in different ways. */
export function largeAndVarious(count: number): RunRecord {
  const record = large(count);
  const cases = record.cases.map((run, number) => ({
    ...run,
    verdicts: run.verdicts.map((verdict) => ({
      ...verdict,
      check: `${verdict.check.split("(")[0]}-${number}`,
    })),
  }));
  return { ...record, cases };
}

/** Returns a record with every kind of verdict and hostile strings. */
export function hostile(): RunRecord {
  return madeHostile(withFailures());
}

/** Returns the record of the grid and the baseline with hostile strings. */
export function hostileBaseline(): RunRecord {
  return madeHostile(withBaseline());
}

/** Returns a record with a baseline, failures of each kind, and a megabyte in every string. */
export function huge(): RunRecord {
  return madeHuge({ ...recordOf([twice, unheard, suspended]), baseline: someBaseline });
}
