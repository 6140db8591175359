import { once } from "node:events";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { folder } from "../../../testing/cli/hangup.ts";
import { chatProfile, leaving, testRun } from "../../../testing/harness/chat-run.ts";
import { startMortal, type MortalTarget } from "../../../testing/harness/mortal-target.ts";
import { defineScenario, disconnect, targetSurvives } from "../../index.ts";
import type { CaseRecord } from "../../judge/record.ts";
import { worst } from "../../judge/verdict.ts";
import { caseOf, type Case, type Scenario } from "../../scenario/scenario.ts";
import { secrets } from "../../secrets/secrets.ts";
import { runWatched, type WatchedRunOptions } from "./watched-run.ts";

const lastCase = caseOf(
  defineScenario({
    id: "last",
    title: "last",
    async run(stage) {
      await stage.connect("alice");
    },
    checks: { "SURVIVES-ITS-CLIENTS": [targetSurvives()] },
  }),
);

/** Returns the cases of a scenario in which a client with this name joins, stays for a while, and leaves. */
const joining = (id: string, name: string, { stayMs = 0, ...changes }: Joining = {}): Case[] =>
  leaving(id, {
    async run(stage) {
      await stage.join("bob");
      const one = await stage.join(name);
      await stage.wait(stayMs);
      await stage.inject(disconnect(one));
      await stage.settle();
    },
    checks: {},
    ...changes,
  });

type Joining = Pick<Scenario, "axes"> & { readonly stayMs?: number };

const innocents = ["a", "b", "c", "d", "e", "f"].flatMap((id) => joining(id, "alice"));

/** Runs cases, and returns the result with everything that it told. */
async function watched(target: MortalTarget, cases: readonly Case[], more: Partial<WatchedRunOptions> = {}) {
  const told: string[] = [];
  const done: string[] = [];
  const result = await runWatched({
    ...testRun,
    profile: chatProfile,
    target: target.url,
    process: target.process,
    cases: [...cases, lastCase],
    lastCase,
    tell: (words) => void told.push(words),
    onCase: ({ id }) => void done.push(id),
    ...more,
  });
  const records = new Map(result.finished.map(({ record }) => [record.id, record]));
  const kinds = Object.fromEntries([...records].map(([id, record]) => [id, kindOf(record)]));
  return { ...result, told, done, records, kinds };
}

const kindOf = ({ verdicts }: CaseRecord) => worst(verdicts.map(({ kind }) => kind));
const survival = (record: CaseRecord | undefined) =>
  record?.verdicts.find(({ requirement }) => requirement === "SURVIVES-ITS-CLIENTS");
/** Of a case without checks of its own, only failures are on record. */
const passes = (cases: readonly Case[]) => Object.fromEntries(cases.map(({ id }) => [id, "not-applicable"]));

describe("a target that hangup started", () => {
  test.each([1, 10])(
    "dies of one case, which is found, and goes on with the others (%s workers)",
    async (workers) => {
      secrets.learn("hunter22");
      const target = await startMortal({ DIES_OF_NAME: "killer" });
      const cases = [...innocents, ...joining("deadly", "killer")];
      const { kinds, records, remarks, endedEarly, done } = await watched(target, cases, { workers });
      expect(kinds).toEqual({ ...passes(innocents), deadly: "fail", last: "pass" });
      expect(survival(records.get("deadly"))).toMatchObject({
        kind: "fail",
        actual: "the target died (exit code 1); its output: TypeError: no such client",
        attempts: 1,
      });
      const died = records.get("deadly")?.timeline?.find(({ kind }) => kind === "target-died");
      expect(died).toHaveProperty("lastLines", expect.arrayContaining(["TypeError: no such client"]));
      expect(JSON.stringify(died)).not.toContain("hunter22");
      expect(remarks).toEqual(["The target died in 1 case: deadly."]);
      expect(endedEarly).toBeUndefined();
      expect(done.toSorted()).toEqual([...cases, lastCase].map(({ id }) => id).toSorted());
    },
  );

  test("dies of every case of a scenario, and each of them is named", async () => {
    const target = await startMortal({ DIES_OF_NAME: "killer" });
    const deadly = joining("deadly", "killer", { axes: { n: ["1", "2", "3"] } });
    const { kinds, remarks } = await watched(target, [...innocents, ...deadly]);
    expect(kinds).toMatchObject({ "deadly[n=1]": "fail", "deadly[n=2]": "fail", "deadly[n=3]": "fail" });
    expect(kinds).toMatchObject({ ...passes(innocents), last: "pass" });
    expect(remarks).toEqual([expect.stringMatching(/^The target died in 3 cases: /)]);
  });

  test("dies of two cases together, which is one finding of the run, and alone they pass", async () => {
    const target = await startMortal({ DIES_OF_TWO_NAMES: "romeo,juliet" });
    const lovers = ["romeo", "juliet"].flatMap((name) => joining(name, name, { stayMs: 1_500 }));
    const { kinds, records, remarks } = await watched(target, [...innocents, ...lovers]);
    expect(kinds).toEqual({ ...passes([...innocents, ...lovers]), last: "fail" });
    const actual = (survival(records.get("last")) as { actual: string }).actual;
    expect(actual).toMatch(
      /^the target died \(exit code 1\), while .* together killed it again, and neither half did; its output: /,
    );
    expect(remarks).toHaveLength(1);
  });

  test("dies once: one finding of the run, not repeatable, with the cases that ran", async () => {
    const target = await startMortal({ DIES_ONCE_FILE: join(await folder(), "died") });
    const { kinds, records } = await watched(target, innocents);
    expect(kinds).toEqual({ ...passes(innocents), last: "fail" });
    expect(survival(records.get("last"))).toHaveProperty(
      "actual",
      expect.stringMatching(/^the target died \(signal SIGKILL\), while .* ran; not repeatable/),
    );
  });

  test("can't be started again: the run ends, and the death is a finding", async () => {
    const target = await startMortal({ DIES_OF_NAME: "killer" });
    const process = { ...target.process, restart: () => Promise.reject(new Error("no disk")) };
    const { kinds, endedEarly } = await watched(target, joining("deadly", "killer"), { process });
    expect(kinds).toEqual({ last: "fail" });
    expect(endedEarly).toMatch(
      /^The target died and could not be started again: no disk\n ?1 case of 2 did not run/,
    );
  });
});

describe("a target that hangup did not start", () => {
  const process = undefined;
  const many = Array.from({ length: 30 }, (_, n) => joining(`n${n}`, "alice")).flat();

  test("is gone: one sentence, and the other cases do not run", { timeout: 60_000 }, async () => {
    const target = await startMortal();
    const onCase = ({ id }: CaseRecord) => void (id === "n0" && setTimeout(1_500).then(target.kill));
    const { kinds, endedEarly, remarks } = await watched(target, many, {
      ...{ process, onCase, workers: 1, absenceLimitMs: 2_000 },
    });
    expect(new Set(Object.values(kinds))).toEqual(new Set(["not-applicable"]));
    expect(Object.keys(kinds).length).toBeLessThan(many.length);
    expect(endedEarly).toMatch(
      /^The target was gone .* after the first case began, at \d\d:\d\d:\d\d UTC \(connections to it are refused\), while n\d+.* ran\. It did not come back within 2 s\. \d+ cases of 31 did not run to the end\.$/,
    );
    expect(remarks).toEqual([]);
  });

  test("is away for two seconds: all cases run, and a note says so", { timeout: 60_000 }, async () => {
    const target = await startMortal();
    let restarting: Promise<void> | undefined;
    const away = async () => {
      await target.kill();
      await setTimeout(2_000);
      await target.process.restart();
    };
    const onCase = ({ id }: CaseRecord) => void (id === "n3" && (restarting ??= away()));
    const { kinds, endedEarly, remarks } = await watched(target, many, { process, workers: 4, onCase });
    await restarting;
    expect(kinds).toEqual({ ...passes(many), last: "pass" });
    expect(endedEarly).toBeUndefined();
    expect(remarks).toEqual([
      expect.stringMatching(/It was back after [123](\.\d+)? s, and these cases were run again\.$/),
    ]);
  });

  test("is away for a moment: nothing is said", async () => {
    const target = await startMortal();
    let restarting: Promise<void> | undefined;
    const onCase = ({ id }: CaseRecord) => void (id === "n3" && (restarting ??= target.process.restart()));
    const { endedEarly } = await watched(target, many.slice(0, 10), { process, workers: 2, onCase });
    await restarting;
    expect(endedEarly).toBeUndefined();
  });
});

test("an interruption ends a search", async () => {
  const target = await startMortal({ DIES_OF_NAME: "killer" });
  const controller = new AbortController();
  const interrupted = once(controller.signal, "abort");
  const tell = () => controller.abort();
  const { endedEarly } = await watched(target, joining("deadly", "killer"), {
    signal: controller.signal,
    tell,
  });
  await interrupted;
  expect(endedEarly).toBeUndefined();
  expect(target.restarts()).toBe(0);
});
