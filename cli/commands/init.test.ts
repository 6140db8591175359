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

/** A profile that only a program can hold, with a scenario of its own. */
const program = (url: string) => `
const destination = "/ws";
export const scenarios = {};
export default {
  url: ${JSON.stringify(url)},
  identify: { destination, body: ({ client }) => JSON.stringify({ clientData: client, sessionId: "{sessionId}" }) },
};
`;

test.each(["commonjs", "module"])(
  "a given program keeps its functions: another file imports it, in a folder of type %s",
  { timeout: 90_000 },
  async (type) => {
    const { url } = await serve();
    const where = await folder();
    await writeFile(join(where, "package.json"), JSON.stringify({ type }));
    await writeFile(
      join(where, "given.ts"),
      program("http://localhost:1/ws").replaceAll("{ client }", "{ client }: any"),
    );
    const asked = ["init", "--profile", "given.ts", "--url", url, "--patience", "1", "--no-run"];
    const { code, stdout, stderr } = await hangup([...asked, "--out", "mine.ts"], where);
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/Written to mine.ts. It imports given.ts, and sets .*url/);
    const grep = "^leave/fin.transport=websocket,phase=identified";
    const run = await hangup(["run", "--profile", "mine.ts", "--browser", "none", "--grep", grep], where);
    expect(run.code, run.stderr).toBe(0);
    const text = await readFile(join(where, "mine.ts"), "utf8");
    expect(text).toContain('import given, { scenarios } from "./given.ts";');
    expect(text).not.toContain("identify:");
  },
);

test("a given program is not overwritten, and not written as JSON", { timeout: 90_000 }, async () => {
  const { url } = await serve();
  const where = await folder();
  const file = join(where, "hangup.config.js");
  await writeFile(file, program(url));
  const asked = ["init", "--patience", "1", "--no-run", "--force", "--out"];
  const json = await hangup([...asked, "mine.json"], where);
  expect(json.code).toBe(2);
  expect(json.stderr).toContain("hangup.config.js is a program, and JSON can't hold its functions");
  const { code, stdout } = await hangup([...asked, "hangup.config.js"], where);
  expect(code, stdout).toBe(3);
  expect(stdout).toContain(
    "hangup.config.js is a program, so it is kept as it is.\nWrite these entries into it:",
  );
  expect(stdout).toMatch(/\n {2}notice: \{/);
  expect(await readFile(file, "utf8")).toBe(program(url));
});
