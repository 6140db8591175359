import { describe, expect, test } from "vitest";
import type { NewEvent } from "../../history/events/events.ts";
import { parseProfile } from "../../profile/profile.ts";
import {
  arrives,
  bobAndAlice,
  ends,
  hears,
  kindOf,
  lags,
  placeOf,
  profile,
  sentinel,
  verdictOf,
  waitedOut,
  written,
} from "../../../testing/harness/written.ts";
import { heardByAll } from "./heard-by-all.ts";
import { absenceProof } from "./listening.ts";
import { noFalseLeave } from "./no-undue-leave.ts";
import { sentinelTold } from "./sentinel-told.ts";

type Entry = [number, NewEvent];

const one = "sentinel-1";
const start = [...bobAndAlice, waitedOut(1020), ...arrives(one, 1020)];
const join = hears("bob", "join", one, 1021);
const said: Entry = [1022, { kind: "disconnect-sent", actor: one, receipt: true }];
const receipt: Entry = [1023, { kind: "receipt", actor: one, of: "disconnect" }];
const inVain: Entry = [
  5022,
  { kind: "waited-in-vain", actor: one, awaited: "its own leave", waitedMs: 4000 },
];
const leaves = ends(one, 1022);

describe("a sentinel's own leave", () => {
  test("is missing where its DISCONNECT was taken and nobody is told of it", () => {
    const events = written(...start, join, ...leaves, said, receipt, inVain);
    expect(verdictOf(sentinelTold(), events)).toEqual({
      kind: "fail",
      expected: "bob receives the leave of sentinel-1, whose DISCONNECT the target took at 1.023 s",
      actual: "bob received no leave for 4.000 s, although it received other notices",
      evidence: [placeOf(events, "receipt", one), placeOf(events, "waited-in-vain", one)],
    });
    const open = "the leave of sentinel-1 itself is missing, so no absence of another can be proven";
    expect(absenceProof({ events, profile, alone: false }, "bob")).toBe(open);
    expect(verdictOf(noFalseLeave(), events)).toMatchObject({ kind: "inconclusive", reason: open });
  });

  test("is not missing where the harness's own delay explains it", () => {
    const heldUp = (lagMs: number) =>
      written(...start, join, ...leaves, said, receipt, lags(5_022, lagMs), inVain);
    expect(kindOf(sentinelTold(), heldUp(2_879))).toBe("fail");
    expect(kindOf(sentinelTold(), heldUp(2_880))).toBe("pass");
  });

  test("is not missing where it came, however late, or without a sentinel", () => {
    expect(kindOf(sentinelTold(), written(...bobAndAlice, ...sentinel(1020, "bob")))).toBe("pass");
    const late = written(...start, join, ...leaves, said, receipt, hears("bob", "leave", one, 4900));
    expect(kindOf(sentinelTold(), late)).toBe("pass");
    expect(kindOf(sentinelTold(), written(...bobAndAlice))).toBe("inconclusive");
  });

  test.each<[string, Entry[]]>([
    ["nothing shows that bob listened", [...leaves, said, receipt, inVain]],
    ["nothing shows that its DISCONNECT was taken", [join, ...leaves, said, inVain]],
    ["it was not waited for", [join, ...leaves, said, receipt]],
  ])("is not said to be missing where %s", (_, then) => {
    expect(kindOf(sentinelTold(), written(...start, ...then))).toBe("pass");
  });

  test("is no finding of its own at an observer that missed another's leave, too", () => {
    const [waited, ...rest] = start.slice(bobAndAlice.length);
    const gone = [...bobAndAlice, ...ends("alice", 20), ...(waited ? [waited] : []), ...rest];
    const events = written(...gone, join, ...leaves, said, receipt, inVain);
    expect(kindOf(heardByAll("alice"), events)).toBe("fail");
    expect(kindOf(sentinelTold(), events)).toBe("pass");
  });

  test("is missing at one observer although another was told, also by a profile without names for joins", () => {
    const carol = arrives("carol", 1);
    const told = hears("carol", "leave", one, 1030);
    const joins = [join, hears("carol", "join", one, 1021)];
    const events = written(...start, ...carol, ...joins, ...leaves, said, receipt, told, inVain);
    expect(verdictOf(sentinelTold(), events)).toMatchObject({ kind: "fail" });
    const afterwards = hears("bob", "join", "dave", 1040);
    const quiet = written(...start, ...leaves, said, receipt, afterwards, inVain);
    const joinless = parseProfile(
      { notice: { leave: { match: { "/event": "leave" }, client: "/left" } } },
      "the test's profile",
    );
    expect(verdictOf(sentinelTold(), quiet, joinless)).toMatchObject({ kind: "fail" });
  });
});
