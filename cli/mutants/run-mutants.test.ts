import { describe, expect, test } from "vitest";
import { parseProfile } from "../../harness/profile/profile.ts";
import { casesOf, defineScenario } from "../../harness/scenario/scenario.ts";
import { fail, inconclusive, pass, type Verdict } from "../../harness/judge/verdict.ts";
import { planMutants } from "./plan.ts";
import { runMutants, type MutantsRun } from "./run-mutants.ts";
import { claim } from "../../testing/cli/mutants.ts";

const profile = parseProfile({ name: "nowhere", url: "http://127.0.0.1:9/x" }, "the test");

/** Which server was started, and how many different cases it was then asked: on a busy machine an open one is tried again. */
type Log = [server: string, cases: number][];

/**
 * Runs mutants of requirement A, of which there are 30 cases that connect to nothing.
 * @param verdict what the check says of the server that was started last, the how-manieth time it was
 */
async function run(
  names: readonly string[],
  verdict: (server: string, start: number) => Verdict,
  controller = new AbortController(),
): Promise<{ readonly run: MutantsRun; readonly log: Log; readonly told: string[] }> {
  const log: Log = [];
  const told: string[] = [];
  const asked = new Set<string | undefined>();
  const last = () => log.at(-1) ?? ["none", 0];
  const starts = (server: string) => log.filter(([name]) => name === server).length;
  const scenario = defineScenario({
    id: "nothing",
    title: "Nothing happens",
    axes: { number: Array.from({ length: 30 }, (_, place) => String(place)) },
    run: ({ axes }) => {
      asked.add(axes["number"]);
      last()[1] = asked.size;
      return Promise.resolve();
    },
    checks: { A: [{ name: "looks", judge: () => verdict(last()[0], starts(last()[0])) }] },
  });
  const mutants = names.map((name) => ({ ...claim, name }));
  const found = await runMutants({
    groups: planMutants(mutants, { cases: casesOf(scenario), smoke: [], everyCase: false }),
    start: (_, mutant = "unbroken") => {
      log.push([mutant, 0]);
      asked.clear();
      return Promise.resolve({
        profile,
        url: new URL("http://127.0.0.1:9/x"),
        stop: () => Promise.resolve(),
      });
    },
    browser: { browser: undefined, missing: "none" },
    runToken: "t",
    signal: controller.signal,
    progress: {
      unbroken: () => () => undefined,
      unbrokenDone: () => undefined,
      begun: () => undefined,
      finished: ({ name, state }) => void told.push(`${name} ${state}`),
      stop: () => undefined,
    },
  });
  return { run: found, log, told };
}

const sound = pass([0]);
const broken = fail("one", "two", [0]);
const late = inconclusive("the harness was late");

describe("a mutant", () => {
  test("that the first round finds out is asked no more, and neither is the unbroken server", async () => {
    const { log, told } = await run(["m"], (server) => (server === "m" ? broken : sound));
    expect(log).toEqual([
      ["unbroken", 4],
      ["m", 4],
    ]);
    expect(told).toEqual(["m killed"]);
  });

  test("that it does not find out is asked everything else, after the unbroken server", async () => {
    const { run: found, log, told } = await run(["m"], () => sound);
    expect(log).toEqual([
      ["unbroken", 4],
      ["m", 4],
      ["unbroken", 8],
      ["m", 8],
      ["unbroken", 18],
      ["m", 18],
    ]);
    expect(told).toEqual(["m survived"]);
    expect(found.mutants).toMatchObject([{ state: "survived", cases: { pass: 30 } }]);
    expect(found.unbroken).toMatchObject([{ cases: { pass: 30 } }]);
  });

  test("of which nothing could be decided is asked that once more, and told once", async () => {
    const {
      run: found,
      log,
      told,
    } = await run(["m"], (server, start) => (server === "unbroken" ? sound : start < 4 ? late : broken));
    expect(log.slice(6)).toEqual([["m", 30]]);
    expect(told).toEqual(["m killed"]);
    expect(found.mutants).toMatchObject([{ state: "killed", cases: { fail: 30, inconclusive: 0 } }]);
  });

  test("that stays open is undecided", async () => {
    const { told } = await run(["m"], (server) => (server === "m" ? late : sound));
    expect(told).toEqual(["m undecided"]);
  });
});

test("what came to no verdict on the unbroken server it is asked once more", async () => {
  const { run: found, log } = await run(["m"], (server, start) =>
    server === "m" ? broken : start === 1 ? late : sound,
  );
  expect(log.slice(0, 2)).toEqual([
    ["unbroken", 4],
    ["unbroken", 4],
  ]);
  expect(found.unbroken).toMatchObject([{ cases: { pass: 4, inconclusive: 0 }, notPassed: [] }]);
  expect(found.mutants).toMatchObject([{ state: "killed" }]);
});

test("after an interruption nothing is started, and what was not run is named", async () => {
  const controller = new AbortController();
  const { run: found, log } = await run(
    ["m", "n"],
    (server) => {
      if (server === "unbroken") controller.abort(new Error("enough"));
      return sound;
    },
    controller,
  );
  expect(log.map(([server]) => server)).toEqual(["unbroken"]);
  expect(found).toMatchObject({ interrupted: true, mutants: [], notRun: ["m", "n"] });
});
