import { readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunRecord } from "../../harness/judge/record.ts";
import { folder, hangup, recordIn, serve } from "../../testing/cli/hangup.ts";

const some = [
  "run",
  "--browser",
  "none",
  "--grep",
  "^(leave/(fin|rst|close).transport=native,phase=(connected|identified)|identify/(never|twice))",
];

/** What a case came to, without what differs from one time to the next. */
const told = ({ cases }: RunRecord) =>
  cases.map(({ id, scenario, title, axes, verdicts }) => ({
    ...{ id, scenario, title, axes },
    verdicts: verdicts.map(({ requirement, check, kind }) => ({ requirement, check, kind })),
  }));

test("four shards, merged, are one run, case for case; its histories give the same verdicts", async () => {
  const { url } = await serve("--mutant", "hears-only-disconnect-frame");
  const [whole, merged] = [await folder(), await folder()];
  const shards = await Promise.all([1, 2, 3, 4].map(() => folder()));
  const unsharded = await hangup([...some, "--url", url, "--seed", "1", "--out", whole]);
  for (const [place, out] of shards.entries()) {
    const { code } = await hangup([...some, "--url", url, "--shard", `${place + 1}/4`, "--out", out]);
    expect(code).not.toBe(2);
  }
  const joined = await hangup(["merge", ...shards.toReversed(), "--out", merged]);
  expect(joined.code, joined.stderr).toBe(unsharded.code);
  const [one, four] = [await recordIn(whole), await recordIn(merged)];
  expect(told(four)).toEqual(told(one));
  for (const same of ["outcome", "totals", "musts", "notes", "seed", "strict", "shard"] as const)
    expect(four[same]).toEqual(one[same]);
  expect(four.requirements).toEqual(one.requirements);
  expect(await readFile(join(merged, "report.html"), "utf8")).toContain("leave/rst");
  const again = await hangup(["recheck", merged]);
  expect(again.stdout).toContain("Judged again: nothing changed.");
}, 240_000);

test("what is not the shards of one run is refused, and says why", async () => {
  const { url } = await serve();
  const [first, second, whole, out] = await Promise.all([folder(), folder(), folder(), folder()]);
  const only = ["run", "--browser", "none", "--grep", "^identify/(never|twice)", "--url", url];
  await Promise.all([
    hangup([...only, "--shard", "1/2", "--out", first]),
    hangup([...only, "--shard", "2/2", "--out", second]),
    hangup([...only, "--seed", "1", "--out", whole]),
  ]);
  const refusal = async (...folders: readonly string[]) => {
    const { code, stderr } = await hangup(["merge", ...folders, "--out", out]);
    expect(code).toBe(2);
    return stderr;
  };
  expect(await refusal(first)).toContain("shard 2/2 is missing");
  expect(await refusal(first, first, second)).toContain("are both shard 1/2");
  expect(await refusal(first, whole)).toContain("they differ in the number of shards");
  expect(await refusal(whole)).toContain("is not a shard");
  const fewer = await folder();
  await hangup([...only, "--tier", "quick", "--shard", "2/2", "--out", fewer]);
  expect(await refusal(first, fewer)).toContain("they differ in the selected cases");
  const record = await recordIn(second);
  const other = { ...record, target: { ...record.target, name: "another" } };
  await writeFile(join(second, "report.json"), JSON.stringify(other));
  expect(await refusal(first, second)).toContain("they differ in the target's name");
  const empty = await hangup([...only, "--shard", "9/9", "--out", out]);
  expect(empty).toMatchObject({ code: 2, stderr: expect.stringContaining("has no cases") as string });
  expect((await hangup([...only, "--shard", "3/2"])).code).toBe(2);
}, 120_000);

test("a shard's own folder is not written to, and a history that is missing is told of", async () => {
  const { url } = await serve();
  const [first, second, merged, above] = await Promise.all([folder(), folder(), folder(), folder()]);
  const only = ["run", "--browser", "none", "--grep", "^identify/(never|twice)", "--url", url];
  for (const [place, out] of [first, second].entries())
    await hangup([...only, "--shard", `${place + 1}/2`, "--out", out]);
  const link = join(above, "link");
  await symlink(first, link);
  for (const out of [first, link]) {
    const { code, stderr } = await hangup(["merge", first, second, "--out", out]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("is the folder of a shard")]);
  }
  expect(await readdir(join(first, "histories"))).not.toEqual([]);
  await rm(join(second, "histories"), { recursive: true });
  expect((await hangup(["merge", first, second, "--out", merged])).code).toBe(0);
  expect((await recordIn(merged)).notes).toContain("1 stored file of the shards could not be found.");
}, 120_000);

test("a case that shows deaths of the target may be in several shards, and the failure counts", async () => {
  const { url } = await serve();
  const [first, second, merged] = await Promise.all([folder(), folder(), folder()]);
  const only = [
    "run",
    "--browser",
    "none",
    "--grep",
    "^(identify/(never|twice)|presence/target)",
    "--url",
    url,
  ];
  for (const [place, out] of [first, second].entries())
    await hangup([...only, "--shard", `${place + 1}/2`, "--out", out]);
  const records = [await recordIn(first), await recordIn(second)];
  const id = "presence/target-survives";
  const survives = records.flatMap(({ cases }) => cases).find((one) => one.id === id);
  const requirements = records.flatMap((record) => record.requirements);
  const failed = { ...survives, verdicts: survives?.verdicts.map((own) => ({ ...own, ...failure })) };
  for (const [place, record] of records.entries()) {
    if (record.cases.some((one) => one.id === id)) continue;
    const cases = [...record.cases, failed];
    await writeFile(
      join([first, second][place] ?? "", "report.json"),
      JSON.stringify({ ...record, requirements, cases }),
    );
  }
  const { code, stderr } = await hangup(["merge", first, second, "--out", merged]);
  expect(code, stderr).toBe(1);
  const own = (await recordIn(merged)).cases.filter((one) => one.id === id);
  expect(own).toHaveLength(1);
  expect(own[0]?.verdicts[0]).toMatchObject(failure);
}, 120_000);

const failure = { kind: "fail", expected: "it lives", actual: "it died", evidence: [], failedAttempts: 1 };
