import { expect, test } from "vitest";
import { pass, fail } from "../../harness/judge/verdict.ts";
import { gridOf, cellKey } from "./grid.ts";
import { caseOf, checkOf } from "../../testing/records/build.ts";
import { onGrid } from "../../testing/records/grid.ts";

const grid = gridOf(onGrid);
const [close, halfClose, killed] = grid.rows;

test("a row is a scenario, a column a transport, with its phases in the order of a life", () => {
  expect(grid.rows.map(({ scenario }) => scenario)).toEqual([
    "leave/close",
    "leave/half-close",
    "leave/process-killed",
  ]);
  expect(grid.groups.map(({ transport, phases }) => `${transport} ${phases.length}`)).toEqual([
    "websocket 7",
    "native 7",
    "eventsource 7",
    "xhr-streaming 7",
    "xhr-polling 7",
    "jsonp-polling 0",
  ]);
  expect(grid.groups[0]?.phases).toEqual([
    "opened",
    "connected",
    "subscribed",
    "identifying",
    "identified",
    "hearing",
    "disconnected",
  ]);
});

test("a cell has the verdict of its cell, and there is none where there is no case", () => {
  const kindAt = (transport: string, phase: string) => close?.cells.get(cellKey(transport, phase))?.kind;
  expect(kindAt("websocket", "hearing")).toBe("fail");
  expect(kindAt("websocket", "identified")).toBe("pass");
  expect(kindAt("native", "opened")).toBe("inconclusive");
  expect(kindAt("xhr-streaming", "opened")).toBeUndefined();
  expect(halfClose?.cells.get(cellKey("eventsource", "identified"))?.kind).toBe("not-applicable");
});

test("a scenario without phases has one cell on each transport", () => {
  expect(killed?.phased).toBe(false);
  expect(killed?.cells.get(cellKey("jsonp-polling"))).toMatchObject({ kind: "pass", cases: 1 });
});

test("of several cases in one cell the worst shows, and is the one that is led to", () => {
  const axes = { transport: "native" };
  const cases = [
    caseOf("a/b[code=1]", "", [checkOf("X", "y", pass([1]))], { axes }),
    caseOf("a/b[code=2]", "", [checkOf("X", "y", fail("", ""))], { axes }),
  ];
  const cell = gridOf(cases).rows[0]?.cells.get(cellKey("native"));
  expect(cell).toEqual({ kind: "fail", cases: 2, worst: cases[1] });
});

test("a phase that nobody knows is none, and cases without a transport are left out", () => {
  const run = (id: string, axes: Record<string, string>) => caseOf(id, "", [], { axes });
  const { rows } = gridOf([
    run("a/b", { transport: "t", phase: "leaping" }),
    run("c/d", { phase: "opened" }),
  ]);
  expect(rows.map(({ scenario, phased }) => ({ scenario, phased }))).toEqual([
    { scenario: "a/b", phased: false },
  ]);
});
