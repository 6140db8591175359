import * as prettier from "prettier";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { runRecord } from "../../harness/judge/record.ts";
import {
  allPass,
  hostile,
  large,
  withFailures,
  withInconclusive,
  withoutBrowser,
} from "../../testing/records/sample.ts";
import { parseRecord, RecordError } from "./record-file.ts";

test("the JSON Schema in the repository is the schema; to renew it: npx vitest run reports/files/record-file.test.ts -u", async () => {
  const schema = JSON.stringify(z.toJSONSchema(runRecord, { target: "draft-2020-12" }));
  const text = await prettier.format(schema, { parser: "json", printWidth: 110 });
  await expect(text).toMatchFileSnapshot("run-record.schema.json");
});

describe("a record that went through a file", () => {
  test.each([
    ["all passed", allPass()],
    ["failures", withFailures()],
    ["inconclusive", withInconclusive()],
    ["no browser", withoutBrowser()],
    ["hostile", hostile()],
    ["large", large(50)],
  ])("is what it was: %s", (_, record) => {
    expect(parseRecord(JSON.stringify(record), "report.json")).toEqual(record);
  });

  test("can't reach a prototype", () => {
    const json = JSON.stringify(allPass()).replace('"profile":{', '"profile":{"__proto__":{"owned":1},');
    expect(parseRecord(json, "report.json").target.profile["owned"]).toBeUndefined();
    expect(({} as Record<string, unknown>)["owned"]).toBeUndefined();
  });
});

describe("what is no record is refused with file, place and fix", () => {
  const record = allPass();
  const [first, second] = record.cases;
  const message = (json: string): string => {
    try {
      parseRecord(json, "out/report.json");
    } catch (error) {
      if (error instanceof RecordError) return error.message;
      throw error;
    }
    return "no error";
  };
  const changed = (changes: Readonly<Record<string, unknown>>) =>
    message(JSON.stringify({ ...record, ...changes }));

  test("no JSON", () => {
    expect(message('{"schemaVersion": 1,')).toMatch(
      /^out\/report\.json: not JSON: .*\. Give the report\.json of a run that ended\.$/,
    );
  });

  test("another version", () => {
    expect(changed({ schemaVersion: 2 })).toBe(
      "out/report.json: schemaVersion is 2, and this hangup reads 1. " +
        "Read it with the version of hangup that wrote it, or run the suite again.",
    );
  });

  test("an unknown key, whatever its name", () => {
    expect(changed({ "surprise\u001B[31m": 1 })).toBe(
      [
        "out/report.json: not a run record of hangup:",
        '  the whole: Unrecognized key: "surprise⟨ESC⟩[31m"',
        "Fix these places, or write a new record with `hangup run`.",
      ].join("\n"),
    );
  });

  test("a wrong value deep inside", () => {
    const text = JSON.stringify(record).replace('"kind":"pass"', '"kind":"perhaps"');
    expect(message(text)).toContain(
      "  cases[0].verdicts[0].kind: Invalid discriminator value. Expected 'pass'",
    );
  });

  test("many wrong values, of which the first are named", () => {
    const told = changed({ notes: Array.from({ length: 40 }, () => 7) });
    expect(told).toContain("  notes[4]: ");
    expect(told).not.toContain("notes[5]");
    expect(told).toContain("  and 35 more");
  });

  test("two cases of one id", () => {
    expect(changed({ cases: [first, second, first] })).toContain(
      '  cases[2].id: "connect/answered" is the id of an earlier case, too',
    );
  });

  test("a requirement that is nowhere stated", () => {
    expect(changed({ requirements: record.requirements.slice(1) })).toContain(
      '  cases[0].verdicts[0].requirement: "CONNECT-ANSWERED" is not among the requirements',
    );
  });

  test.each(["null", "[]", '"text"', "1", "{}"])("%s", (json) => {
    expect(message(json)).toMatch(/^out\/report\.json: not a run record of hangup:\n {2}/);
  });
});
