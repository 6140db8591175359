import { expect, test } from "vitest";
import { fail } from "../../harness/judge/verdict.ts";
import { recordOf } from "../../testing/records/build.ts";
import { ending } from "../../testing/records/endings.ts";
import { everydayRows } from "./table.ts";
import { everydayTable } from "./terminal.ts";

const no = fail("a leave", "none");
const http = { transport: "xhr-polling" };

const rows = everydayRows(
  recordOf([ending("leave/fin", { ...http, told: no, afterMs: null }), ending("browser/tab-closed")]),
);
const shown = (width: number) => everydayTable(rows, width, (_kind, text) => text).split("\n");

test("a remark stands behind its row where it fits, and below it where not", () => {
  expect(shown(120)[5]).toBe(
    "loses its connection      NO              never    never     1 s*  –      –            never: 1 of 1, xhr-polling",
  );
  const narrow = shown(80);
  expect(narrow[narrow.findIndex((line) => line.startsWith("loses")) + 1]).toBe(
    "    never: 1 of 1, xhr-polling",
  );
});

test("no line is wider than the terminal, which may be narrower than the table", () => {
  for (const width of [40, 60, 72, 79, 80, 100, 120, 200])
    for (const line of shown(width)) expect(line.length).toBeLessThanOrEqual(width);
});
