import { existsSync } from "node:fs";
import { realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { chooseTarget, profileOf, type RunTargetChoice } from "../target/find-target.ts";
import { folder, hangup } from "../../testing/cli/hangup.ts";

test.each([
  [["run", "--no-such-option"], "--no-such-option"],
  [["dance"], "dance"],
  [["run", "--workers", "0"], "whole number"],
  [["run", "--grep", "no such case"], '--grep "no such case" matches no case'],
  [["run", "--grep", "("], "--grep"],
  [["run", "--requirement", "NO-SUCH"], 'no requirement "NO-SUCH"'],
  [["run", "--tier", "lukewarm"], "quick, full, soak"],
  [["run", "--reporter", "json,github"], "spoil what json writes"],
  [["run", "--minutes", "5"], "--tier soak"],
  [["run", "--tier", "soak", "--minutes", "0"], "above 0"],
  [["list", "everything"], "scenarios, requirements, grid"],
  [["list", "--url", "nonsense"], "--url nonsense"],
  [["run", "--url", "ftp://x"], "--url ftp://x"],
  [["run", "--url", "nonsense"], "--url nonsense"],
  [["run", "--profile", "no-such-file.json"], "no-such-file.json"],
  [["serve", "--port", "70000"], "65535"],
  [["serve", "--mutant", "nobody"], "announces-leave-twice"],
])("%j is a usage error that names it", async (args, named) => {
  const { code, stderr } = await hangup(args, await folder());
  expect(stderr).toContain(named);
  expect(code).toBe(2);
});

test("an unknown key in a profile is named, with the file", async () => {
  const cwd = await folder();
  await writeFile(
    join(cwd, "hangup.config.json"),
    JSON.stringify({ url: "http://127.0.0.1:1/x", topik: "/a" }),
  );
  const { code, stderr } = await hangup(["run"], cwd);
  expect(stderr).toMatch(/hangup\.config\.json.*unknown key "topik"/s);
  expect(code).toBe(2);
});

test("a waiver for a requirement that is not declared is refused", async () => {
  const cwd = await folder();
  const waivers = [{ requirement: "LEAVE-ON-CLOSE", reason: "we never cared" }];
  await writeFile(join(cwd, "p.json"), JSON.stringify({ url: "http://127.0.0.1:1/x", waivers }));
  const { code, stderr } = await hangup(["run", "--profile", "p.json"], cwd);
  expect(stderr).toMatch(/LEAVE-ON-CLOSE is not declared.*waivable are .*LEAVE-IN-TIME/s);
  expect(code).toBe(2);
});

test("a run without a target is refused: what is missing, where it was looked for, what to do", async () => {
  const cwd = await folder();
  const { code, stderr } = await hangup(["run"], cwd);
  expect(stderr).toContain(`no target is named: there is neither --url nor --profile, and no hangup.config`);
  expect(stderr).toContain(await realpath(cwd));
  expect(stderr).toContain("--reference");
  expect(code).toBe(2);
  expect(existsSync(join(cwd, "hangup-report"))).toBe(false);
});

const chosenBy = async (choice: RunTargetChoice) => chooseTarget(choice, await profileOf(choice));

test("a profile that names no target needs --url", async () => {
  const profile = join(await folder(), "p.json");
  await writeFile(profile, "{}");
  const { find } = await chosenBy({ profile });
  await expect(find(AbortSignal.timeout(1_000))).rejects.toThrow("the profile gives no url");
});

test("--reference and another target contradict each other", async () => {
  const profile = join(await folder(), "p.json");
  await writeFile(profile, JSON.stringify({ url: "http://127.0.0.1:1/ws" }));
  const refused = (given: string) => `, and ${given} gives another target. Leave one of them out`;
  await expect(chosenBy({ reference: true, profile })).rejects.toThrow(refused(profile));
  const url = "http://127.0.0.1:1/ws";
  await expect(chosenBy({ reference: true, url })).rejects.toThrow(refused("--url"));
});

test("help and version are no errors", async () => {
  expect(await hangup(["--help"])).toMatchObject({ code: 0 });
  expect(await hangup(["--version"])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+/) as string,
  });
});
