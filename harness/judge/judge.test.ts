import { describe, expect, test } from "vitest";
import type { Check } from "./check.ts";
import { livesOn } from "./checks/lives-on.ts";
import { noLeaveTwice } from "./checks/no-undue-leave.ts";
import { receiptCame } from "./checks/receipt-came.ts";
import { othersStayConnected } from "./checks/others-stay-connected.ts";
import type { NewEvent } from "../history/events/events.ts";
import { judge } from "./judge.ts";
import { arrives, closes, ends, hears, profile, sentinel, written } from "../../testing/harness/written.ts";
import { fail, inconclusive, notApplicable, pass } from "./verdict.ts";

const failing: Check = { name: "failing", judge: () => fail("a", "b") };
const passing: Check = { name: "passing", judge: () => pass([0]) };
const crashing: Check = {
  name: "crashing",

  judge: () => {
    throw new Error("a bug");
  },
};

const asked = (checks: Check[], expects: Check[] = []) => ({ checks: { R: checks }, expects });
const calm = { profile, alone: false, trouble: undefined };
const left = written(
  ...arrives("bob", 0),
  ...arrives("alice", 1),
  ...ends("alice", 20),
  hears("bob", "leave", "alice", 25),
);

test("gives one judgement a check, with its requirement", () => {
  const judgements = judge(asked([passing, failing]), { ...calm, events: left });
  expect(judgements.map(({ requirement, check, kind }) => [requirement, check, kind])).toEqual([
    ["R", "passing", "pass"],
    ["R", "failing", "fail"],
  ]);
});

describe("a leave that is told twice", () => {
  const twice = written(
    ...left.map(({ atMs, ...event }): [number, NewEvent] => [atMs, event]),
    hears("bob", "leave", "alice", 26),
    ...sentinel(1020, "bob"),
  );
  const found = { requirement: "LEAVE-NOT-TWICE", check: "no-leave-twice", kind: "fail" };

  test("fails every case, also one that asks something else", () => {
    const judgements = judge(asked([passing]), { ...calm, events: twice });
    expect(judgements).toMatchObject([{ check: "passing", kind: "pass" }, found]);
    const trouble = judge(asked([passing]), { ...calm, events: twice, trouble: "it broke off" });
    expect(trouble).toMatchObject([{ kind: "inconclusive" }, found]);
  });

  test("is on record once where the case asks it", () => {
    const asking = { checks: { "LEAVE-NOT-TWICE": [noLeaveTwice()] }, expects: [] };
    expect(judge(asking, { ...calm, events: twice })).toMatchObject([found]);
  });
});

describe("inconclusive, whatever the checks say,", () => {
  const judged = (checks: ReturnType<typeof asked>, rest: object) =>
    judge(checks, { ...calm, events: left, ...rest });
  const open = (check: Check, reason: string) => ({
    requirement: "R",
    check: check.name,
    kind: "inconclusive",
    reason,
  });
  const unproven = "nothing shows that fin took effect on alice";

  test("when a fault has no witness", () => {
    const unwitnessed = left.filter(({ kind }) => kind !== "fault-witnessed");
    expect(judged(asked([passing, failing]), { events: unwitnessed })).toEqual([
      open(passing, unproven),
      open(failing, unproven),
    ]);
  });

  test("when the witness is another actor's, or of another fault", () => {
    for (const other of [{ actor: "bob" }, { fault: "rst" }]) {
      const events = left.map((e) => (e.kind === "fault-witnessed" ? { ...e, ...other } : e));
      expect(judged(asked([passing]), { events })).toEqual([open(passing, unproven)]);
    }
  });

  test("when the scenario could not go on", () => {
    expect(judged(asked([passing]), { trouble: "no CONNECTED" })).toEqual([open(passing, "no CONNECTED")]);
  });

  test("when a precondition does not hold, or can't be told", () => {
    const untold: Check = { name: "untold", judge: () => inconclusive("nobody saw it") };
    const idle: Check = { name: "idle", judge: () => notApplicable("not here") };
    expect(judged(asked([passing], [passing, failing]), {})).toEqual([
      open(passing, "failing does not hold: b"),
    ]);
    expect(judged(asked([passing], [passing, untold]), {})).toEqual([open(passing, "untold: nobody saw it")]);
    expect(judged(asked([passing], [passing, idle]), {})).toMatchObject([{ kind: "pass" }]);
  });
});

test("faults of several actors may overlap: each has its own witness", () => {
  const [alice, bob] = [ends("alice", 20), ends("bob", 20)];
  const overlapping = [alice[0], bob[0], alice[1], bob[1]].flatMap((entry) => (entry ? [entry] : []));
  const events = written(...arrives("alice", 0), ...arrives("bob", 0), ...overlapping);
  expect(judge(asked([passing]), { ...calm, events })).toMatchObject([{ kind: "pass" }]);
});

test("what an invariant has seen broken stays broken, whatever went wrong later", () => {
  const broken: Check = { ...failing, invariant: true };
  const verdicts = judge(asked([failing, broken]), {
    ...calm,
    events: left,
    trouble: "the target is gone",
  });
  expect(verdicts.map(({ kind }) => kind)).toEqual(["inconclusive", "fail"]);
});

test("a witness of an earlier or a later like fault is none", () => {
  const again = written(
    ...arrives("alice", 0),
    ...ends("alice", 1),
    ...arrives("alice", 5),
    ...ends("alice", 9),
  );
  const [first, second] = again.filter(({ kind }) => kind === "fault-witnessed");
  const kinds = (events: typeof again) =>
    judge(asked([passing]), { ...calm, events }).map(({ kind }) => kind);
  expect(kinds(again)).toEqual(["pass"]);
  expect(kinds(again.filter((event) => event !== first))).toEqual(["inconclusive"]);
  expect(kinds(again.filter((event) => event !== second))).toEqual(["inconclusive"]);
});

test("a check that crashes is inconclusive, and the others still count", () => {
  const judgements = judge(asked([crashing, passing]), { ...calm, events: left });
  expect(judgements[0]).toMatchObject({ kind: "inconclusive", reason: "the check itself failed: a bug" });
  expect(judgements[1]?.kind).toBe("pass");
});

describe("where the target closed a living client,", () => {
  const cause: Check = {
    name: "cause",
    isCause: true,
    invariant: true,
    judge: () => fail("stays", "closed", [4]),
  };
  const open: Check = { name: "open", judge: () => inconclusive("nothing was heard") };
  const same: Check = { name: "same", invariant: true, judge: () => fail("lives", "closed", [4]) };
  const another: Check = { name: "another", invariant: true, judge: () => fail("once", "twice", [5]) };
  const checks = [cause, open, same, another, passing];
  const verdicts = (closedAtMs: number, trouble?: string) =>
    judge(asked(checks), {
      ...calm,
      trouble,
      events: written(...arrives("alice", 0), closes("alice", closedAtMs), ...arrives("bob", 900)),
    });
  const follows = "follows from R: closed";

  test("what is open follows from that, and what fails by the very same end at once after an own step", () => {
    expect(verdicts(10)).toMatchObject([
      { kind: "fail" },
      { kind: "inconclusive", reason: follows },
      { kind: "inconclusive", reason: follows },
      { kind: "fail" },
      { kind: "pass" },
    ]);
  });

  test("an end that came later may break more than one requirement, unless the case could not go on", () => {
    expect(verdicts(800)[2]).toMatchObject({ kind: "fail" });
    expect(verdicts(800, "the client is not connected")).toMatchObject([
      { kind: "fail" },
      { kind: "inconclusive", reason: follows },
      { kind: "inconclusive", reason: follows },
      { kind: "fail" },
      { kind: "inconclusive", reason: follows },
    ]);
  });
});

test("a fault that found the connection gone needs no witness", () => {
  const [fault] = ends("alice", 30);
  const gone = written(
    ...arrives("bob", 0),
    ...arrives("alice", 1),
    ...ends("alice", 20),
    closes("alice", 25),
    ...(fault === undefined ? [] : [fault]),
    [40, { kind: "fault-forestalled", actor: "alice", fault: "fin" }],
  );
  expect(judge(asked([passing]), { ...calm, events: gone })).toMatchObject([{ kind: "pass" }]);
  expect(judge(asked([passing]), { ...calm, events: gone.slice(0, -1) })).toMatchObject([
    { kind: "inconclusive", reason: "nothing shows that fin took effect on alice" },
  ]);
});

describe("a target that closes living clients whom nobody provoked", () => {
  const stays = othersStayConnected();
  const lives = (actor: string) => asked([livesOn(actor), stays]);
  const disturbed = (atMs: number): [number, NewEvent] => [
    atMs,
    { kind: "fault-injected", actor: "alice", fault: "delay", ends: "not" },
  ];
  const kinds = (who: string, ...entries: [number, NewEvent][]) =>
    judge(lives(who), { ...calm, events: written(...entries) }).map(({ kind }) => kind);
  const carolClosed = [...arrives("carol", 0), ...arrives("bob", 20), closes("carol", 45)];
  const witnessed: [number, NewEvent] = [
    2_001,
    { kind: "fault-witnessed", actor: "alice", fault: "delay", witness: "seen", effectAtMs: 2_001 },
  ];
  const after = [witnessed, ...sentinel(9_000, "bob")];

  test("fails in that alone, where another client's end, later, fails another check", () => {
    const later = [...arrives("alice", 50), disturbed(100), closes("alice", 2_000), ...after];
    expect(kinds("alice", ...carolClosed, ...later)).toEqual(["inconclusive", "fail"]);
  });

  test("also where the same end does, which came before the disturbance that is asked about", () => {
    const later = [...arrives("alice", 50), disturbed(100), ...after];
    expect(kinds("carol", ...carolClosed, ...later)).toEqual(["inconclusive", "fail"]);
  });

  test("also where another was reported first, and the unprovoked end was seen by its client only later", () => {
    const start = [...arrives("carol", 0), ...arrives("bob", 20), ...arrives("alice", 22)];
    const received: [number, NewEvent] = [39, { kind: "end-received", actor: "bob" }];
    const later = [disturbed(40), closes("bob", 42), closes("carol", 47), closes("alice", 87)];
    expect(kinds("alice", ...start, received, ...later, ...after)).toEqual(["inconclusive", "fail"]);
    expect(kinds("alice", ...start, ...later, ...after)).toEqual(["fail", "fail"]);
  });

  test("also where a client waits for the RECEIPT for its DISCONNECT, and is closed at once", () => {
    const leaving = (closedAtMs: number): [number, NewEvent][] => [
      [100, { kind: "fault-injected", actor: "alice", fault: "disconnect-frame", ends: "visibly" }],
      [100, { kind: "disconnect-sent", actor: "alice", receipt: true }],
      [
        100,
        { kind: "fault-witnessed", actor: "alice", fault: "disconnect-frame", witness: "", effectAtMs: 100 },
      ],
      closes("alice", closedAtMs),
      ...sentinel(9_000, "bob"),
    ];
    const receipt = (...entries: [number, NewEvent][]) =>
      judge(asked([receiptCame("alice"), stays]), { ...calm, events: written(...entries) })[0]?.kind;
    const start = [...carolClosed, ...arrives("alice", 50)];
    expect(receipt(...start, ...leaving(120))).toBe("inconclusive");
    expect(receipt(...start, ...leaving(900))).toBe("fail");
    expect(receipt(...arrives("bob", 0), ...arrives("alice", 50), ...leaving(120))).toBe("fail");
  });

  test("and where two of them were closed at the same moment", () => {
    const start = [...arrives("carol", 0), ...arrives("bob", 20), ...arrives("alice", 22)];
    const both = [closes("alice", 50), closes("carol", 50)];
    expect(kinds("alice", ...start, ...both, ...sentinel(9_000, "bob"))).toEqual(["inconclusive", "fail"]);
    const strange = arrives("alice", 22, { client: "half \ud83d" });
    const all = [...arrives("carol", 0), ...arrives("bob", 20), ...strange, closes("carol", 23)];
    const more = [closes("bob", 24), ...arrives("dave", 25), ...sentinel(9_000, "dave")];
    expect(kinds("bob", ...all, ...more)).toEqual(["fail", "fail"]);
  });

  test("but an end that may be the answer to the disturbance is one of its own", () => {
    const start = [...arrives("carol", 0), ...arrives("bob", 20), ...arrives("alice", 50), disturbed(60)];
    expect(kinds("alice", ...start, closes("alice", 2_000), ...after)).toEqual(["fail", "fail"]);
    expect(kinds("carol", ...start, closes("carol", 61), ...after)).toEqual(["fail", "fail"]);
    const both = [closes("carol", 61), closes("alice", 2_000)];
    expect(kinds("alice", ...start, ...both, ...after)).toEqual(["fail", "fail"]);
  });

  test("and so is that of a client who was left alone for a while, as of others with it", () => {
    const quiet = [...arrives("carol", 0), ...arrives("bob", 20), ...arrives("alice", 50)];
    const given = [closes("carol", 2_000), closes("alice", 2_050)];
    expect(kinds("alice", ...quiet, ...given, ...sentinel(9_000, "bob"))).toEqual(["fail", "fail"]);
  });
});
