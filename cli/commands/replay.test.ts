import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeReplay, type Replay } from "../../reports/files/replay-file.ts";
import { UsageError } from "../exit.ts";
import { replay } from "../cases/replay.ts";
import { folder, hangup, recordIn, serve } from "../../testing/cli/hangup.ts";

/** One comes and goes. */
const counterexample: Replay = {
  schemaVersion: 1,
  property: "properties/any-history",
  seed: 5,
  history: 17,
  plan: {
    clients: [{ name: "alice", as: "alice", transport: "usual" }],
    steps: [
      { who: "alice", does: "connect", waits: false },
      { who: "alice", does: "identify", waits: true },
      { who: "alice", does: "fin", waits: false },
    ],
  },
  failed: [],
};

async function file(text: string): Promise<string> {
  const path = join(await folder(), "counterexample.json");
  await writeFile(path, text);
  return path;
}

test("a counterexample that fails again says what was done, what is wrong, and ends with 1", async () => {
  const [path, { url }] = await Promise.all([
    file(writeReplay(counterexample)),
    serve("--mutant", "announces-leave-twice"),
  ]);
  const { code, stdout } = await hangup(["replay", path, "--url", url, "--runs", "2"]);
  expect(stdout.split("\n").slice(0, 3)).toEqual([
    "1. alice connects, and at once:",
    "2. alice identifies as itself",
    "3. alice loses its connection (FIN)",
  ]);
  expect(stdout.replaceAll("\n", " ")).toMatch(
    / fail LEAVE-NOT-TWICE no-leave-twice: expected .*; seen: .*again /,
  );
  expect(stdout).toContain("It failed in 2 of 2 runs.");
  expect(code).toBe(1);
});

test("one that does not fail ends with 0; without a target it is played on the reference server", async () => {
  const { code, stdout } = await hangup(["replay", await file(writeReplay(counterexample)), "--runs", "2"]);
  expect(stdout).toMatch(/\nIt did not fail in 2 runs\.\n$/);
  expect(code).toBe(0);
});

test("a race that did not fail is not said to be fixed", async () => {
  const failed = [
    { requirement: "IDENTIFY-LEAVES-NO-GHOST", check: "leaves-no-ghost(alice)", expected: "", actual: "" },
  ];
  const path = await file(writeReplay({ ...counterexample, failed }));
  const { code, stdout } = await hangup(["replay", path, "--runs", "2"]);
  expect(stdout.replaceAll("\n", " ")).toMatch(
    /It did not fail in 2 runs\. Such a failure can depend on chance, so this does not prove that it is fixed\./,
  );
  expect(code).toBe(0);
});

test("one that is not for this target could not be judged, and says why", async () => {
  const path = await file(writeReplay(counterexample));
  const { url } = await serve();
  const profile = await file(
    JSON.stringify({
      url,
      notice: { join: { match: { "/event": "join" } }, leave: { match: { "/event": "leave" } } },
    }),
  );
  const { code, stdout } = await hangup(["replay", path, "--profile", profile, "--runs", "1"]);
  expect(stdout).toContain("It could not be judged in 1 of 1 run: the target's notices name nobody.");
  expect(code).toBe(3);
});

describe("what is no counterexample is a usage error of one line:", () => {
  const { plan } = counterexample;
  const complaintOf = (path: string) =>
    replay(path, { runs: 1 }).then(
      () => "",
      (error: unknown) => (error instanceof UsageError ? error.message : `no usage error: ${String(error)}`),
    );
  test.each([
    ["no JSON", "{", "is no counterexample: "],
    ["another version", JSON.stringify({ ...counterexample, schemaVersion: 2 }), "schemaVersion"],
    [
      "another property",
      writeReplay({ ...counterexample, property: "a\nb" }),
      "is a counterexample of a⟨LF⟩b",
    ],
    [
      "an impossible plan",
      writeReplay({ ...counterexample, plan: { ...(plan as object), steps: [] } }),
      "plan.steps",
    ],
    [
      "a plan that makes no sense",
      writeReplay({
        ...counterexample,
        plan: { ...(plan as object), steps: [{ who: "alice", does: "fin", waits: true }] },
      }),
      "plan.steps.0: alice can't fin when it is not connected",
    ],
  ])("%s", async (_what, text, complaint) => {
    const path = await file(text);
    const said = await complaintOf(path);
    expect(said.startsWith(path)).toBe(true);
    expect(said).toContain(complaint);
    expect(said).not.toContain("\n");
  });

  test("no file at all, which ends with 2", async () => {
    const { code, stderr } = await hangup(["replay", join(await folder(), "none.json")]);
    expect(stderr).toContain("none.json");
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(2);
  });
});

test.each([
  [["run", "--runs", "-1"], "whole number"],
  [["run", "--seed", "2147483648"], "whole number"],
  [["run", "--grep", "^properties/", "--runs", "0"], "--runs"],
  [["replay"], "file"],
])("%j is a usage error that names it", async (args, named) => {
  const { code, stderr } = await hangup(args, await folder());
  expect(stderr).toContain(named);
  expect(code).toBe(2);
});

test("a run plays histories of the seed that it is given, and says so", async () => {
  const out = await folder();
  const { code } = await hangup([
    ...[
      "run",
      "--reference",
      "--grep",
      "^properties/",
      "--seed",
      "5",
      "--runs",
      "3",
      "--browser",
      "none",
      "--out",
      out,
    ],
  ]);
  const record = await recordIn(out);
  expect(record.seed).toBe(5);
  expect(record.cases.map(({ id, title }) => [id, title])).toEqual([
    ["properties/any-history", expect.stringMatching(/\(3 of seed 5's histories\)$/)],
  ]);
  expect([0, 3]).toContain(code);
  const rechecked = await hangup(["recheck", out]);
  expect(rechecked.stdout).toContain("Judged again: nothing changed.");
  expect(rechecked.code).toBe(code);
});
