import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadProfile } from "../target/profile-file.ts";
import { folder, hangup, recordIn, serve } from "../../testing/cli/hangup.ts";

test(
  "without a terminal it asks nothing, writes a commented profile, and runs with it",
  { timeout: 120_000 },
  async () => {
    const { url } = await serve();
    const where = await folder();
    const { code, stdout } = await hangup(["init", "--url", url, "--patience", "2"], where);
    expect(stdout).toContain("Written to hangup.config.ts.");
    expect(code, stdout).toBe(0);
    const text = await readFile(join(where, "hangup.config.ts"), "utf8");
    for (const key of ["url", "topic", "identify", "notice"])
      expect(text).toMatch(new RegExp(`// .+\\n  ${key}: `));
    const run = await hangup(
      ["run", "--browser", "none", "--grep", "^leave/(fin|close).transport=websocket,phase=identified"],
      where,
    );
    expect(run.code, run.stderr).toBe(0);
    const { target } = await recordIn(join(where, "hangup-report"));
    expect(target.url).toBe(url);
  },
);

test("a .json profile has no comments, and what is there already is kept", { timeout: 60_000 }, async () => {
  const { url } = await serve();
  const where = await folder();
  const out = join(where, "mine.json");
  expect((await hangup(["init", "--url", url, "--patience", "1", "--out", out], where)).code).toBe(0);
  expect(await loadProfile(out)).toMatchObject({ topic: "/topic/" });
  await writeFile(out, "{}");
  const again = await hangup(["init", "--url", url, "--out", out], where);
  expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining("--force") as string });
  expect(await readFile(out, "utf8")).toBe("{}");
});

test("without an address there is nothing to look at, and nothing is written", async () => {
  const where = await folder();
  const { code, stderr } = await hangup(["init"], where);
  expect(code).toBe(2);
  expect(stderr).toContain("init needs the target's address: --url");
  expect(existsSync(join(where, "hangup.config.ts"))).toBe(false);
});

test("a run on a topic where nothing comes ends before it begins, with the doctor's words", async () => {
  const { url } = await serve();
  const where = await folder();
  await writeFile(
    join(where, "hangup.config.json"),
    JSON.stringify({
      url,
      topic: "/topic/other",
      ready: { delayMs: 100 },
      deadlines: { endedMs: 100, httpEndedMs: 100 },
    }),
  );
  const { code, stderr, stdout } = await hangup(["run", "--browser", "none"], where);
  expect(code, stdout).toBe(3);
  expect(stderr).toMatch(/topic\/other|could connect|subscription/);
});
