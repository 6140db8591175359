import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { access } from "node:fs/promises";
import { expect, onTestFinished, test } from "vitest";
import {
  onlySubscribers,
  startChatServer,
  type Misbehaviour,
} from "../../testing/sample-servers/server/chat.ts";
import { folder, hangup, recordIn } from "../../testing/cli/hangup.ts";

/** Runs one case against a small chat. */
async function runOn(
  misbehaviour: Misbehaviour,
  { endedMs = 500, options = [] as string[], announced = "everybody" } = {},
) {
  const chat = await startChatServer(misbehaviour);
  onTestFinished(chat.close);
  const out = await folder();
  const profile = join(out, "profile.json");
  await writeFile(
    profile,
    JSON.stringify({
      url: chat.url.href.replace(/^http/, "ws"),
      heartbeatMs: 0,
      announced,
      deadlines: { endedMs },
    }),
  );
  const usual = [
    "--profile",
    profile,
    "--grep",
    "^leave/disconnect-with-receipt\\[transport=native,phase=identified\\]$",
    "--browser",
    "none",
  ];
  const ended = await hangup(["run", ...usual, "--out", out, ...options]);
  return { ...ended, out, record: await recordIn(out) };
}

test("a server that announces only those who have subscribed is judged, and the key for that is named", async () => {
  const { code, record } = await runOn(onlySubscribers);
  expect(record.notes.join(" ")).not.toContain("test sessions ended");
  expect(record.notes.join(" ")).toContain('add `announced`: "subscribers"');
  expect(record.totals).toMatchObject({ pass: 1 });
  expect(code).toBe(0);
});

test("with that key nothing is said of it", async () => {
  const { code, record } = await runOn(onlySubscribers, { announced: "subscribers" });
  expect(record.notes.join(" ")).not.toContain("announced");
  expect(code).toBe(0);
});

test("a server that tells only those who have identified is judged", async () => {
  const { code } = await runOn({
    tell: (event, { client }, { sessions }) => {
      for (const session of sessions)
        if (session.client !== undefined)
          session.tell("/topic/", JSON.stringify({ event, clientData: client })).catch(() => undefined);
    },
  });
  expect(code).toBe(0);
});

test("leaves of another shape are quoted, in a report, with exit code 3", async () => {
  const { code, stderr, record, out } = await runOn({
    tell: (event, { client }, { say }) =>
      say(event === "join" ? { event, clientData: client } : { bye: client }),
  });
  expect(code).toBe(3);
  expect(stderr).toContain("bye");
  expect(record).toMatchObject({ outcome: "incomplete", exitCode: 3, cases: [] });
  expect(record.notes[0]).toContain('{\\"bye\\":\\"visitor');
  for (const file of ["report.html", "junit.xml", "ctrf.json", "summary.md"])
    await expect(access(join(out, file))).resolves.toBeUndefined();
});

test("without preflight the same cases run, and prove nothing", async () => {
  const { code, record } = await runOn(
    {
      tell: (event, { client }, { say }) =>
        say(event === "join" ? { event, clientData: client } : { bye: client }),
    },
    { options: ["--no-preflight"] },
  );
  expect(record.cases).toHaveLength(1);
  expect(record.notes[0]).toContain("bye");
  expect(code).toBe(3);
});

test("a server that tells joins and never a leave fails", async () => {
  const { code, record } = await runOn({
    tell: (event, { client }, { say }) => {
      if (event === "join") say({ event, clientData: client });
    },
  });
  expect(record.totals).toMatchObject({ fail: 1 });
  expect(record.notes[0]).toContain("although it received 4 joins");
  expect(code).toBe(1);
});

test("a run begins when each leave of the preflight was told, though some come late", async () => {
  let first: "told" | "run" | undefined;
  const waiting = new Set<string>();
  await runOn(
    {
      tell: (event, { client = "" }, { say }) => {
        const isVisitor = client.startsWith("visitor");
        if (event === "join" && !isVisitor && !client.startsWith("listener"))
          first ??= waiting.size > 0 ? "run" : "told";
        if (event === "leave" && isVisitor) waiting.add(client);
        const sayIt = () => {
          waiting.delete(client);
          say({ event, clientData: client });
        };
        // The first is told at once, so that a leave was heard.
        if (event === "leave" && /^visitor[23]/.test(client)) setTimeout(sayIt, 2_000);
        else sayIt();
      },
    },
    { endedMs: 1_000 },
  );
  expect(first).toBe("told");
});

test("leaves of the preflight that come late are no stranger's in the run", async () => {
  const { record } = await runOn(
    {
      tell: (event, { client }, { say }) => {
        setTimeout(() => say({ event, clientData: client }), event === "join" ? 0 : 1_000);
      },
    },
    { endedMs: 200 },
  );
  expect(record.notes[0]).toContain("although it received 4 joins");
  const strangers = record.cases.flatMap(({ timeline = [] }) =>
    timeline.filter((event) => event.kind === "notice" && event.claimedBy === "nobody"),
  );
  expect(strangers).toEqual([]);
});
