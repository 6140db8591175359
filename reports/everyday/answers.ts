import { actorOfCheck, kindOfCheck, type LeaveQuestion } from "../../harness/judge/check-kinds.ts";
import { staysGoneKind } from "../../harness/judge/checks/stays-gone.ts";
import { toldInTimeKind } from "../../harness/judge/checks/told-in-time.ts";
import type { CaseRecord, CheckRecord, RunRecord } from "../../harness/judge/record.ts";
import { namesNobody } from "../../harness/history/notice.ts";
import { leaverBefore } from "../../harness/history/phase.ts";
import { notices } from "../../harness/profile/notices.ts";
import { timingOf } from "../read/latency.ts";
import { subjectOf } from "../read/subject-of-check.ts";
import { endingOf } from "./endings.ts";

/**
 * Answer of a case to one question. `never`, `late`, `early`, `twice` and `taken back` describe a wrong leave. `no` means that
 * another check failed, `unclear` that a check was inconclusive, `not asked` that no check of the case answers the question.
 */
export type NoticeAnswer = (typeof bad)[number] | "yes" | "unclear" | "not asked";

const bad = ["never", "late", "early", "twice", "taken back", "no"] as const;

/** Case with its answers: did the others get the leave, once, with the right name? */
export interface AnsweredCase {
  readonly run: CaseRecord;
  readonly told: NoticeAnswer;
  readonly once: NoticeAnswer;
  readonly named: NoticeAnswer;
}

/** Returns true for an answer that makes a cell red. */
export const isBad = (answer: NoticeAnswer): boolean => bad.some((one) => one === answer);

/** Returns the answers of a case. Questions about a leave that never came are `not asked`. */
export function answersOf(run: CaseRecord, { target }: Pick<RunRecord, "target">): AnsweredCase {
  const told = toldIn(run);
  if (told === "never" || told === "not asked") return { run, told, once: "not asked", named: "not asked" };
  const isNameless = namesNobodyIn(target.profile["notice"]);
  return {
    run,
    told,
    once: onceIn(run),
    named: isNameless ? "not asked" : answerTo("named", run),
  };
}

/** Returns the actors whose leaves the case judges. */
export const leaversIn = (run: CaseRecord): readonly string[] =>
  checksFor("told", run).flatMap(({ check }) => actorOfCheck(check) ?? []);

/** Returns the reason why no leave was expected; undefined if one was, or if there is no reason. */
export const whyNotTold = (run: CaseRecord): string | undefined =>
  checksFor("told", run)
    .map((check) => (check.kind === "not-applicable" ? check.reason : undefined))
    .find((reason) => reason !== undefined);

export const transportOf = ({ run }: Pick<AnsweredCase, "run">): string => run.axes["transport"] ?? "";

function toldIn(run: CaseRecord): NoticeAnswer {
  const told = answerTo("told", run);
  if (told === "no") {
    // `told-in-time` also fails for a late or an early leave.
    const failed = checksFor("told", run).filter(({ kind }) => kind === "fail");
    const isTimed = failed.every(({ check }) => kindOfCheck(check) === toldInTimeKind);
    if (!isTimed || run.missed !== undefined || run.detections.length === 0) return "never";
    return cameEarly(run) ? "early" : "late";
  }
  if (told !== "yes") return told;
  const timely = answerTo("timely", run);
  if (timely === "no") return cameEarly(run) ? "early" : "late";
  return timely === "unclear" ? "unclear" : "yes";
}

function onceIn(run: CaseRecord): NoticeAnswer {
  const once = answerTo("once", run);
  if (once !== "no") return once;
  const failed = checksFor("once", run).filter(({ kind }) => kind === "fail");
  return failed.every(({ check }) => kindOfCheck(check) === staysGoneKind) ? "taken back" : "twice";
}

function cameEarly(run: CaseRecord): boolean {
  const timings = run.detections.filter(({ actor }) => leaversIn(run).includes(actor)).map(timingOf);
  return timings.includes("too early") && !timings.includes("too late");
}

function answerTo(question: LeaveQuestion, run: CaseRecord): NoticeAnswer {
  const kinds = checksFor(question, run).map(({ kind }) => kind);
  if (kinds.includes("fail")) return "no";
  if (kinds.includes("inconclusive")) return "unclear";
  return kinds.includes("pass") ? "yes" : "not asked";
}

/** Returns the checks that answer a question. One of the client that leaves just before answers none about this ending. */
const checksFor = (question: LeaveQuestion, run: CaseRecord): readonly CheckRecord[] =>
  run.verdicts.filter(
    (check) => kindOfCheck(check.check).answers === question && subjectOf(run, check) !== leaverBefore,
  );

/** Returns true for a check of the leave that an everyday ending brings about. */
export const isEverydayLeave = (run: CaseRecord, check: CheckRecord): boolean =>
  endingOf(run) !== undefined &&
  subjectOf(run, check) !== leaverBefore &&
  kindOfCheck(check.check).answers !== undefined;

/** Returns true if the profile's notices name nobody. No leave can then have a wrong name. */
function namesNobodyIn(notice: unknown): boolean {
  const parsed = notices.safeParse(notice);
  return parsed.success && namesNobody(parsed.data);
}
