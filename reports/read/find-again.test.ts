import { describe, expect, test } from "vitest";
import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import { hostileStrings } from "../../testing/records/hostile.ts";
import { twice } from "../../testing/records/not-passing.ts";
import { withFailures } from "../../testing/records/sample.ts";
import { againCommand, findAgain, findAgainLines } from "./find-again.ts";

const record = withFailures();
const started = { ...twice, startedAt: "2026-11-22T08:33:12.500Z" };
const named = (...options: string[]): RunRecord => ({ ...record, target: { ...record.target, options } });
const byId = (id: string): CaseRecord => ({ ...twice, id, scenario: id.replace(/\[.*/, "") });
const line = (runs: readonly CaseRecord[], of: RunRecord = named("--url", "http://a:80/ws")) =>
  againCommand(runs, of)?.line;

test("a case is found by the wall-clock time of the end, the session and the client's name", () => {
  const { at, sessions } = findAgain(started, record);
  expect(at).toEqual({ time: "2026-11-22 08:33:12.740 UTC", of: "alice's end begins" });
  expect(sessions).toEqual([
    {
      actor: "alice",
      transport: "websocket",
      sessionId: "u1v5mn0d",
      clients: ["alice-3f1"],
      opened: "2026-11-22 08:33:12.522 UTC",
    },
  ]);
});

test("a record of an earlier version tells no time, and a case without a history no session", () => {
  expect(findAgain(twice, record).at).toBeUndefined();
  expect(findAgain({ ...started, timeline: [] }, record)).toMatchObject({
    at: { time: "2026-11-22 08:33:12.500 UTC", of: "the case begins" },
    sessions: [],
  });
});

describe("the command", () => {
  test("names the target, the profile and exactly one case", () => {
    const run = byId("leave/fin[transport=websocket,phase=hearing]");
    expect(line([run], named("--url", "http://a:80/ws", "--profile", "my chat.ts"))).toBeUndefined();
    const found = line([run], named("--url", "http://a:80/ws", "--profile", "chat.config.ts"));
    expect(found).toBe(
      "npx hangup run --url http://a:80/ws --profile chat.config.ts --grep '^leave/fin\\[transport=websocket,phase=hearing\\]$'",
    );
    const pattern = new RegExp(/--grep '(.*)'$/.exec(found ?? "")?.[1] ?? "-", "i");
    expect(pattern.test(run.id)).toBe(true);
    expect(pattern.test("leave/fin[transport=websocket,phase=identified]")).toBe(false);
  });

  test("names the scenarios of several cases", () => {
    const fin = byId("leave/fin[phase=hearing]");
    const both = [fin, byId("leave/rst")];
    expect(line([fin, byId("leave/fin[phase=opened]")])).toMatch(/--grep '\^leave\/fin\(\\\[\|\$\)'$/);
    const pattern = new RegExp(/--grep '(.*)'$/.exec(line(both) ?? "")?.[1] ?? "-");
    expect([fin.id, "leave/rst", "leave/rst[a=b]", "leave/first"].map((id) => pattern.test(id))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(line(["a/a", "a/b", "a/c", "a/d", "a/e"].map(byId))).toBeUndefined();
    expect(line([])).toBeUndefined();
  });

  test("has the seed of a property, and replays a counterexample", () => {
    expect(line([byId("properties/any-history")])).toContain(`--seed ${record.seed}`);
    const { command } = findAgain(
      { ...twice, replay: "replays/x-1.json" },
      named("--url", "http://a:80/ws", "--silent-within", "3s"),
    );
    expect(command).toEqual({
      line: "npx hangup replay --url http://a:80/ws replays/x-1.json",
      remark: "in the report's folder",
    });
  });

  test("says what it lacks", () => {
    const remark = (of: RunRecord) => againCommand([twice], of)?.remark;
    expect(remark(record)).toBe("against the same target");
    expect(remark(named("--url", "http://a/ws?token=***"))).toBe(
      "with the secrets of the address in place of ***",
    );
    expect(remark(named("--reference"))).toBeUndefined();
  });

  test.each([
    "a'; rm -rf ~; '",
    "$(reboot)",
    "a&calc",
    "`reboot`",
    "a|b",
    "%PATH%",
    "a\nb",
    ...hostileStrings,
  ])("is not offered if a shell could misread it: %j", (word) => {
    const unsafe = /['"`$&|%;<>\n]/;
    for (const found of [
      line([twice], named("--profile", word)),
      line([byId(word)]),
      findAgain({ ...twice, replay: word }, record).command?.line,
    ])
      expect(found?.replace(/ --grep '[^']*'$/, "").replaceAll(/ '[^']*'/g, "") ?? "").not.toMatch(unsafe);
  });
});

test("the source is a link if the record knows where it is", () => {
  const at = (source: string) => findAgain(twice, { ...record, tool: { ...record.tool, source } }).source;
  expect(findAgain(twice, record).source).toEqual({ file: "scenarios/leave/fin.ts", url: undefined });
  expect(at("https://example.org/h/blob/v1")?.url).toBe(
    "https://example.org/h/blob/v1/scenarios/leave/fin.ts",
  );
  expect(at("javascript:alert(1)")?.url).toBeUndefined();
  expect(findAgain({ ...twice, scenario: "../../etc/passwd" }, record).source).toBeUndefined();
});

test("plain text has the same facts", () => {
  expect(findAgainLines(started, named("--reference")).map(({ label, text }) => `${label}: ${text}`)).toEqual(
    [
      "when: 2026-11-22 08:33:12.740 UTC, alice's end begins",
      "log: session u1v5mn0d, client alice-3f1 (alice)",
      "again: npx hangup run --reference --grep '^leave/fin$'",
      "source: scenarios/leave/fin.ts",
    ],
  );
});
