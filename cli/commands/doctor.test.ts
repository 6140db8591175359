import { expect, test } from "vitest";
import { everydayEndings } from "../../reports/everyday/endings.ts";
import { ended, hangup, serve, start } from "../../testing/cli/hangup.ts";

test(
  "in a pipe each finding is printed when it is known, once, and wrapped",
  { timeout: 60_000 },
  async () => {
    const { url } = await serve();
    const child = start(["doctor", "--url", url, "--patience", "4"]);
    const cameMs = new Map<string, number>();
    child.stdout?.on("data", (text: Buffer) => {
      for (const line of String(text).split("\n")) if (!cameMs.has(line)) cameMs.set(line, performance.now());
    });
    const { code, stdout } = await ended(child);
    expect(code).toBe(0);
    const atMs = (words: string) => {
      const [, ms] = [...cameMs].find(([line]) => line.includes(words)) ?? [];
      if (ms === undefined) throw new Error(`"${words}" is missing in\n${stdout}`);
      return ms;
    };
    // The patience lies between the first answers and the results of the silent clients.
    expect(atMs(" silence: ") - atMs(" transports: ")).toBeGreaterThan(1_000);
    expect(atMs(" transports: ")).toBeGreaterThan(atMs(" target: "));
    expect(atMs("Suggested profile:")).toBeGreaterThan(atMs(" silence: "));
    expect(stdout.match(/^ok {2}transports:/gm)).toHaveLength(1);
    // Values of the profile do not wrap, so that they can be copied.
    for (const line of stdout.split("\n"))
      if (!/^ {4}\w+: [{["]/.test(line)) expect(line.length, line).toBeLessThanOrEqual(80);
  },
);

test("the ends that were tried are told in the words of the report", { timeout: 60_000 }, async () => {
  const { url } = await serve("--mutant", "hears-only-goodbyes");
  const { code, stdout } = await hangup(["doctor", "--url", url, "--patience", "2"]);
  const [disconnect, tab, lost] = ["disconnect", "tab", "lost"].map(
    (id) => everydayEndings.find((way) => way.id === id)?.does ?? "",
  );
  expect(stdout).toContain("\n    A client ...          others told?\n");
  expect(stdout).toMatch(new RegExp(`^ {4}${disconnect} +yes, after [\\d.]+ ms$`, "m"));
  expect(stdout).toMatch(new RegExp(`^ {4}${tab} +yes, after [\\d.]+ ms$`, "m"));
  expect(stdout).toMatch(new RegExp(`^ {4}${lost} +NO$`, "m"));
  expect(stdout).toContain("Leaves arrived as this profile describes them, but not after each ending.");
  expect(code).toBe(0);
});
