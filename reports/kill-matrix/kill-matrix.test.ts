import * as prettier from "prettier";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { killMatrixSchema } from "./record.ts";
import { allKilled, hostileMatrix, withTrouble } from "../../testing/records/kill-matrix.ts";
import { renderMutants } from "./summary.ts";

/** Control, bidirectional and invisible characters, none of which a terminal may receive. */
const unsafe =
  /[\p{Cs}\p{Zl}\p{Zp}\0-\x08\x0B-\x1F\x7F-\x9F\u061C\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u;

const samples = [
  ["all killed", allKilled()],
  ["trouble", withTrouble()],
  ["hostile", hostileMatrix()],
] as const;

test("the JSON Schema in the repository is the schema; to renew it: npx vitest run reports/kill-matrix/kill-matrix.test.ts -u", async () => {
  const schema = JSON.stringify(z.toJSONSchema(killMatrixSchema, { target: "draft-2020-12" }));
  const text = await prettier.format(schema, { parser: "json", printWidth: 110 });
  await expect(text).toMatchFileSnapshot("kill-matrix.schema.json");
});

test.each(samples)("a stored kill matrix is read as it was written: %s", (_, matrix) => {
  expect(killMatrixSchema.parse(JSON.parse(JSON.stringify(matrix)))).toEqual(matrix);
});

describe("the terminal shows", () => {
  test("the result, with its numbers", () => {
    const text = renderMutants(withTrouble());
    expect(text).toContain("3 mutants not killed for their reason");
    expect(text).toContain(
      "2 of 6 mutants killed for their reason, 1 killed for another reason, 1 survived, 1 undecided, 1 not run, " +
        "1 with unexpected failures, in 6 min 3 s",
    );
    expect(text).toContain("passed 61 of 66 cases, 1 failed, 1 inconclusive, 3 not applicable");
  });

  test("everything wrong or idle", () => {
    const text = renderMutants(withTrouble()).replace(/\s+/g, " ");
    for (const words of [
      "leaks-mappings survived: it passes every check of NO-DRIFT",
      "closes-neighbour killed for another reason: not by LEAVE-NOT-TWICE",
      "misses-closed-tabs undecided: browser/tab-closed, heard-by-all(alice): no browser",
      "carol heard it at 1.628 s, too early",
      "GONE-STAYS-GONE: stays-gone in leave/fin[transport=websocket,phase=0] and 1 more",
      "hecks that kill nothing",
      "MUSTs that no mutant breaks",
      "Browser cases were not run: no browser",
    ])
      expect(text).toContain(words);
  });

  test("one line more than the unbroken server where nothing is wrong", () => {
    expect(renderMutants(allKilled()).split("\n").at(-1)).toBe(
      "✓ Every mutant is killed: 2 of 2 mutants killed for their reason, in 6 min 3 s",
    );
  });

  test("an interrupted invocation without a mutant", () => {
    const matrix = { ...allKilled(), mutants: [], unbroken: [], interrupted: true, exitCode: 130 };
    expect(renderMutants(matrix)).toContain("Interrupted");
  });

  test("no control character", () => {
    const text = renderMutants(hostileMatrix());
    expect(unsafe.exec(text)).toBeNull();
    expect(text).toContain("globalThis.owned");
  });
});
