import { expect, test } from "vitest";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { fail, inconclusive, notApplicable, pass } from "../../harness/judge/verdict.ts";
import { recordOf } from "../../testing/records/build.ts";
import { ending } from "../../testing/records/endings.ts";
import { everydayEndings } from "./endings.ts";
import { everydaySentence } from "./sentence.ts";
import { everydayRows } from "./table.ts";

const yes = pass([1]);
const no = fail("a leave", "none");
const http = { transport: "xhr-polling" };

const of = (...cases: readonly CaseRecord[]) => everydaySentence(everydayRows(recordOf(cases)));
const tab = ending("browser/tab-closed", { afterMs: 31 });

test("names what works best and what is worst", () => {
  const lost = ending("leave/fin", { timely: no, afterMs: 4_000 });
  const drop = ending("silence/silent-drop", { told: no });
  expect(of(tab, lost, drop)).toBe(
    "A closed tab is noticed within 31 ms. A silent network drop is never noticed. The server also fails where a client loses its connection.",
  );
  expect(of(drop)).toBe("A silent network drop is never noticed.");
});

test("names a drop that few transports notice before a race", () => {
  const race = Array.from({ length: 3 }, (_, n) => ending("leave/fin", { told: n === 0 ? no : yes }));
  const unnoticed = ["websocket", "native"].map((transport) =>
    ending("silence/silent-drop", { transport, told: no }),
  );
  const polling = ending("silence/silent-drop", { ...http });
  expect(of(tab, ...race, ...unnoticed, polling)).toBe(
    "A closed tab is noticed within 31 ms. A silent network drop is noticed on xhr-polling only. The server also fails where a client loses its connection.",
  );
});

test("says one thing where all endings fail alike", () => {
  const lost = ending("leave/fin", { once: no });
  expect(of(ending("browser/tab-closed", { once: no }), lost)).toBe(
    "The 2 ways of leaving that were tried are all announced more than once.",
  );
  const partly = [ending("browser/tab-closed", { timely: no, afterMs: 4_000 }), ending("browser/tab-closed")];
  expect(of(...partly, ending("leave/fin", { timely: no, afterMs: 4_000 }))).not.toMatch(/ways of leaving/);
  expect(of(ending("browser/tab-closed", { told: no }), ending("leave/fin", { told: no }))).toBe(
    "None of the 2 ways of leaving that were tried is noticed.",
  );
});

test("speaks of no tab where no browser was there to close one", () => {
  const none = notApplicable("the run was without a browser");
  const untried = ending("browser/tab-closed", { told: none });
  expect(of(untried, ending("leave/close"), ending("silence/silent-drop", { told: no }))).toBe(
    "A closed WebSocket is noticed within 5 ms; no browser was tried. A silent network drop is never noticed.",
  );
});

test("says one thing where all is well, and nothing where nothing was judged", () => {
  expect(of(tab)).toBe(
    "The 1 way of leaving that was tried is noticed in time and announced once, under the right name.",
  );
  const all = everydayEndings.map(({ scenarios: [first = "leave/fin"], phase = "identified" }) =>
    ending(first, { phase }),
  );
  expect(of(...all)).toBe(
    "All 11 ways of leaving are noticed in time and announced once, under the right name.",
  );
  expect(of()).toBe("No way of leaving was judged.");
  expect(of(ending("leave/fin", { told: inconclusive("lag") }))).toBe(
    "A lost connection could not be judged for certain.",
  );
});
