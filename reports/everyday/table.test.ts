import { describe, expect, test } from "vitest";
import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import { fail, inconclusive, notApplicable, pass, type Verdict } from "../../harness/judge/verdict.ts";
import { caseOf, checkOf, recordOf, timelineOf } from "../../testing/records/build.ts";
import { ending } from "../../testing/records/endings.ts";
import { everydaySentence } from "./sentence.ts";
import { everydayRows, type EverydayRow } from "./table.ts";

const yes = pass([1]);
const no = fail("a leave", "none");

/** A notice that bob received. */
const leaveOf = (client: string) =>
  ({
    kind: "notice",
    actor: "bob",
    event: "leave",
    client,
    cause: null,
    body: "",
    claimedBy: "this-case",
  }) as const;

function rowIn(record: RunRecord, id: string): EverydayRow {
  const row = everydayRows(record).find(({ way }) => way.id === id);
  if (row === undefined) throw new Error(id);
  return row;
}

const row = (id: string, ...cases: readonly CaseRecord[]) => rowIn(recordOf(cases), id);
const http = { transport: "xhr-polling" };

describe("a row", () => {
  test("is green where every case was judged and passed, with median, slowest and deadlines", () => {
    const cases = [
      ending("leave/fin", { afterMs: 3 }),
      ending("leave/rst", { afterMs: 5 }),
      ending("leave/fin", { ...http, afterMs: 5_050, latestMs: 6_500 }),
    ];
    expect(row("lost", ...cases)).toMatchObject({
      kind: "pass",
      told: { word: "yes" },
      once: { word: "yes" },
      named: { word: "yes" },
      typical: "5 ms",
      slowest: "5.05 s",
      allowed: "1–6.5 s*",
      remarks: [],
      failing: [],
    });
  });

  test("is not about somebody else who leaves just before", () => {
    const hearing = ending("leave/close", { phase: "hearing" });
    const before = { actor: "dave", observer: "bob", cause: "fin", latestMs: 1_000 };
    const run = {
      ...hearing,
      missed: [before],
      verdicts: [...hearing.verdicts, checkOf("ALL-AT-ONCE-ALL-TOLD", "heard-by-all(dave)", no)],
    };
    expect(row("tab", run)).toMatchObject({ kind: "pass", slowest: "5 ms", failing: [] });
  });

  test("is about ghosts where clients leave while they join", () => {
    const joining = (transport: string, verdict: Verdict) =>
      caseOf(
        `leave/fin[transport=${transport},phase=identifying]`,
        "",
        [checkOf("R", "leaves-no-ghost(alice)", verdict)],
        {
          axes: { transport, phase: "identifying" },
        },
      );
    expect(row("joining", joining("websocket", no), joining("native", yes))).toMatchObject({
      kind: "fail",
      told: { word: "NO" },
      typical: "–",
      slowest: "never",
      remarks: ["never: 1 of 2, websocket", "accepted: 1 of 2"],
    });
    expect(row("joining", joining("websocket", yes))).toMatchObject({
      kind: "pass",
      typical: "–",
      slowest: "–",
    });
    expect(row("lost", joining("websocket", no))).toMatchObject({ kind: "not-applicable" });
  });

  test("is not about a doubled leave of somebody else", () => {
    const hearing = ending("leave/close", { phase: "hearing" });
    const twice = fail("one leave for each session that ended", "dave again", [1]);
    const run = {
      ...hearing,
      timeline: timelineOf(
        [1, { kind: "identify-sent", actor: "dave", client: "dave-1", body: "" }],
        [2, leaveOf("dave-1")],
        [3, { kind: "identify-sent", actor: "alice", client: "alice-1", body: "" }],
        [4, leaveOf("alice-1")],
      ),
      verdicts: [...hearing.verdicts, checkOf("LEAVE-NOT-TWICE", "no-leave-twice", twice)],
    };
    expect(row("tab", run)).toMatchObject({ kind: "pass", once: { word: "yes" } });
    const ofAlice = checkOf("LEAVE-NOT-TWICE", "no-leave-twice", fail("one leave", "alice again", [3]));
    expect(row("tab", { ...run, verdicts: [...hearing.verdicts, ofAlice] })).toMatchObject({
      once: { word: "NO" },
    });
  });

  test("marks a deadline only where it is hangup's own", () => {
    expect(row("lost", ending("leave/fin", { latestMs: 700 }))).toMatchObject({ allowed: "700 ms" });
    expect(row("drop", ending("silence/silent-drop", { latestMs: 59_985 }))).toMatchObject({
      allowed: "60 s*",
    });
    expect(row("drop", ending("silence/silent-drop", { latestMs: 300_000 }))).toMatchObject({
      allowed: "5 min",
    });
  });

  test("is red where one transport is, and names it", () => {
    const cases = [ending("leave/fin"), ending("leave/fin", { ...http, told: no, afterMs: null })];
    expect(row("lost", ...cases)).toMatchObject({
      kind: "fail",
      told: { word: "NO" },
      typical: "5 ms",
      slowest: "never",
      remarks: ["never: 1 of 2, xhr-polling"],
      failing: [{ id: "leave/fin[transport=xhr-polling,phase=identified]" }],
    });
    const all = row("lost", ...cases.slice(1));
    expect([all.typical, all.predicate.words, all.once.word]).toEqual(["never", "is never noticed", "–"]);
  });

  test("is mostly told where a variant fails only now and then, and not at all where it always does", () => {
    const rst = ending("leave/rst", { told: no });
    expect(row("lost", ending("leave/fin"), ending("leave/rst", { phase: "hearing" }), rst)).toMatchObject({
      told: { kind: "fail", word: "mostly" },
      remarks: ["never: 1 of 3, websocket"],
      predicate: { words: "is not always noticed (never in 1 of 3 cases)" },
    });
    expect(row("lost", ending("leave/fin"), rst)).toMatchObject({ told: { word: "NO" } });
  });

  test("is late, twice or wrongly named where its checks say so", () => {
    expect(row("lost", ending("leave/fin", { timely: no, afterMs: 4_000 }))).toMatchObject({
      told: { kind: "fail", word: "late" },
      slowest: "4 s",
      predicate: { words: "is noticed too late: after 4 s, where 1 s is allowed" },
    });
    const twice = row("reload", ending("browser/reload", { once: no }));
    expect(twice).toMatchObject({ once: { kind: "fail", word: "NO" }, told: { word: "yes" } });
    expect(twice.remarks).toContain("twice: 1 of 1, websocket");
    expect(twice.predicate.words).toBe("is announced more than once");
    const tab = ending("browser/tab-closed");
    const back = { ...tab, verdicts: [...tab.verdicts, checkOf("GONE-STAYS-GONE", "stays-gone", no)] };
    const taken = row("tab", tab, back);
    expect(taken.once).toEqual({ kind: "fail", word: "mostly" });
    expect(taken.remarks).toContain("taken back: 1 of 2, websocket");
    expect(taken.predicate.words).toBe("is announced, and then taken back (in 1 of 2 cases)");
    const wrong = row("tab", ending("browser/tab-closed", { named: no }));
    expect(wrong).toMatchObject({ named: { kind: "fail", word: "NO" } });
    expect(wrong.remarks).toContain("wrong person: 1 of 1, websocket");
  });

  test("counts no case in which nobody knew who the client was", () => {
    const silent = ending("leave/fin", { phase: "connected", told: no });
    expect(row("lost", ending("leave/fin"), silent)).toMatchObject({ kind: "pass" });
  });

  test("is unclear, and not green, as soon as one case is", () => {
    const cases = [ending("leave/fin"), ending("leave/rst", { told: inconclusive("lag") })];
    expect(row("lost", ...cases)).toMatchObject({
      kind: "inconclusive",
      told: { word: "unclear" },
      remarks: ["unclear: 1 of 2, websocket"],
    });
  });

  test("is grey where no case was judged, and says why", () => {
    expect(row("lost")).toMatchObject({
      kind: "not-applicable",
      remarks: ["not tried: none of its cases was selected"],
    });
    expect(rowIn({ ...recordOf([]), notRun: 9 }, "lost").remarks).toEqual([
      "not tried: the run ended before its cases",
    ]);
    const why = notApplicable("there is no browser");
    expect(row("reload", ending("browser/reload", { told: why }))).toMatchObject({
      kind: "not-applicable",
      remarks: ["not tried: there is no browser"],
    });
  });

  test("says which variant could not be tried", () => {
    const variant = (network: string, told: Verdict) => {
      const one = ending("silence/silent-drop", { told });
      return { ...one, id: `${one.id}${network}`, axes: { ...one.axes, network } };
    };
    const rootless = notApplicable("it needs root");
    const cases = [variant("behind-proxy", yes), variant("packets-lost", rootless)];
    expect(row("drop", ...cases)).toMatchObject({
      kind: "pass",
      remarks: ["not tried (silent drop, packets lost): it needs root"],
    });
    const sentenceOn = (...own: readonly CaseRecord[]) => everydaySentence(everydayRows(recordOf(own)));
    expect(sentenceOn(...cases)).toMatch(/\. Not tried: silent drop, packets lost\.$/);
    expect(sentenceOn(variant("behind-proxy", no), variant("packets-lost", rootless))).toBe(
      "A silent network drop is never noticed, as far as it was tried.",
    );
  });

  test("has no name to be right where notices name nobody", () => {
    const record = recordOf([ending("leave/fin", { named: no })]);
    const notice = { leave: { match: { "/type": "LEAVE" } } };
    const nameless = { ...record, target: { ...record.target, profile: { notice } } };
    expect(rowIn(nameless, "lost")).toMatchObject({ kind: "pass", named: { word: "–" } });
  });
});
