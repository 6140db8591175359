import { afterAll, beforeAll, expect, test } from "vitest";
import { pageFiles } from "../../browser-fixtures/files.ts";
import { runCases } from "../../harness/run/runner.ts";
import { casesOf, type Case } from "../../harness/scenario/scenario.ts";
import { testRun } from "../harness/chat-run.ts";
import { everydayEndings } from "../../reports/everyday/endings.ts";
import { everydayRows, type EverydayRow } from "../../reports/everyday/table.ts";
import { scenarios } from "../../scenarios/index.ts";
import { recordOf } from "../../cli/output/run-record.ts";
import { startBrowser, type StartedBrowser } from "../../cli/start-browser.ts";
import { startReferenceTarget } from "../../cli/target/reference-target.ts";

/** Servers on which a row of the table is red, with the columns that are. */
const broken: readonly (readonly [way: string, mutant: string, scenario: string, red: keyof EverydayRow])[] =
  [
    ["disconnect", "misses-disconnect-frame", "leave/disconnect-with-receipt", "told"],
    ["tab", "hears-only-disconnect-frame", "browser/tab-closed", "told"],
    ["reload", "announces-leave-twice", "browser/reload", "once"],
    ["killed", "hears-only-goodbyes", "leave/process-killed", "told"],
    ["lost", "ignores-reset", "leave/rst", "told"],
    ["drop", "offers-no-heartbeats", "silence/silent-drop", "told"],
    ["frozen", "offers-no-heartbeats", "silence/frozen", "told"],
    ["polling", "keeps-clients-that-stop-polling", "leave/polling-stops", "told"],
    ["second", "any-tab-ends-person", "presence/two-sessions-of-one-person", "named"],
    ["joining", "ghost-after-quick-end", "leave/close[transport=websocket,phase=identifying]", "told"],
    ["restart", "reconciles-late", "restart/killed-and-started-again", "told"],
  ];

let browser: StartedBrowser;
let sound: readonly EverydayRow[];
beforeAll(async () => {
  browser = await startBrowser(undefined, true);
  sound = await rowsOn(
    [],
    broken.map(([, , scenario]) => firstOf(scenario)),
  );
}, 120_000);
afterAll(() => browser.browser?.close());

test("every way of leaving has a server on which its row is red", () => {
  expect(broken.map(([way]) => way)).toEqual(everydayEndings.map(({ id }) => id));
});

test.concurrent.each(broken)(
  "%s is red on %s, and green on the unbroken server",
  { timeout: 120_000 },
  async (way, mutant, scenario, red) => {
    const policy = mutant === "any-tab-ends-person" ? ["--policy", "person"] : [];
    const rows = await rowsOn(["--mutant", mutant, ...policy], [firstOf(scenario)]);
    expect(rows.find((row) => row.way.id === way)).toMatchObject({ kind: "fail", [red]: { kind: "fail" } });
    expect(sound.find((row) => row.way.id === way)).toMatchObject({ kind: "pass" });
  },
);

/** Returns the case with this id, or the first one of the scenario with this id. */
function firstOf(scenario: string): Case {
  const first = scenarios.flatMap(casesOf).find((one) => one.id === scenario || one.scenario.id === scenario);
  if (first === undefined) throw new Error(`there is no scenario ${scenario}`);
  return first;
}

/** Runs cases on the reference server, started with these arguments. Returns the table. */
async function rowsOn(serving: readonly string[], cases: readonly Case[]): Promise<readonly EverydayRow[]> {
  const target = await startReferenceTarget(serving);
  const profile = serving.includes("--policy")
    ? { ...target.profile, sessions: "last" as const }
    : target.profile;
  try {
    const result = await runCases({
      ...testRun,
      cases,
      profile,
      target: target.url,
      startOwnTarget: target.startOwn,
      browser: browser.browser,
      noBrowser: browser.missing,
      pageFiles,
      runToken: `e${crypto.randomUUID().slice(0, 6)}`,
    });
    const facts = {
      target: { ...target, profile },
      strict: false,
      asked: cases.length,
      interrupted: false,
      startedAt: new Date(),
      durationMs: 1,
      seed: 1,
      browser: null,
      browserMissing: undefined,
    };
    return everydayRows(recordOf(result, facts));
  } finally {
    await target.stop();
  }
}
