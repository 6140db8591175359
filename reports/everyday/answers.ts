import { actorOfCheck, kindOfCheck, type LeaveQuestion } from "../../harness/judge/check-kinds.ts";
import type { CaseRecord, CheckRecord, RunRecord } from "../../harness/judge/record.ts";
import { namesNobody } from "../../harness/history/notice.ts";
import { leaverBefore } from "../../harness/history/phase.ts";
import { notices } from "../../harness/profile/notices.ts";
import { timingOf } from "../read/latency.ts";

/**
 * One case's answer to one question. `never`, `late` and `early` say how the leave itself was wrong; `no` that another question
 * failed; `unclear` that a check was inconclusive; `not asked` that no check of the case answers it.
 */
export type Answer = "yes" | "never" | "late" | "early" | "no" | "unclear" | "not asked";

/** One case with its answers: were the others told, once, and under the right name? */
export interface Answered {
  readonly run: CaseRecord;
  readonly told: Answer;
  readonly once: Answer;
  readonly named: Answer;
}

/** Returns true for an answer that makes a cell red. */
export const isBad = (answer: Answer): boolean => ["never", "late", "early", "no"].includes(answer);

/** Reads the answers of a case. Those about a leave that never came are `not asked`. */
export function answersOf(run: CaseRecord, { target }: Pick<RunRecord, "target">): Answered {
  const told = toldIn(run);
  if (told === "never" || told === "not asked") return { run, told, once: "not asked", named: "not asked" };
  const isNameless = namesNobodyIn(target.profile["notice"]);
  return {
    run,
    told,
    once: answerTo("once", run),
    named: isNameless ? "not asked" : answerTo("named", run),
  };
}

/** Returns the actors whose leaves the case is about. */
export const leaversIn = (run: CaseRecord): readonly string[] =>
  checksFor("told", run).flatMap(({ check }) => actorOfCheck(check) ?? []);

/** Returns why the leave was not asked for; undefined where it was, or no reason is known. */
export const whyNotTold = (run: CaseRecord): string | undefined =>
  checksFor("told", run)
    .map((check) => (check.kind === "not-applicable" ? check.reason : undefined))
    .find((reason) => reason !== undefined);

export const transportOf = ({ run }: Pick<Answered, "run">): string => run.axes["transport"] ?? "";

function toldIn(run: CaseRecord): Answer {
  const told = answerTo("told", run);
  // `told-in-time` fails for a late or an early leave as well.
  if (told === "no" && (run.missed !== undefined || run.detections.length === 0)) return "never";
  if (told === "no") return cameEarly(run) ? "early" : "late";
  if (told !== "yes") return told;
  const timely = answerTo("timely", run);
  if (timely === "no") return cameEarly(run) ? "early" : "late";
  return timely === "unclear" ? "unclear" : "yes";
}

function cameEarly(run: CaseRecord): boolean {
  const timings = run.detections.filter(({ actor }) => leaversIn(run).includes(actor)).map(timingOf);
  return timings.includes("too early") && !timings.includes("too late");
}

function answerTo(question: LeaveQuestion, run: CaseRecord): Answer {
  const kinds = checksFor(question, run).map(({ kind }) => kind);
  if (kinds.includes("fail")) return "no";
  if (kinds.includes("inconclusive")) return "unclear";
  return kinds.includes("pass") ? "yes" : "not asked";
}

const checksFor = (question: LeaveQuestion, { verdicts }: CaseRecord): readonly CheckRecord[] =>
  verdicts.filter(
    ({ check }) =>
      // The case is not about the end of the actor that leaves just before.
      actorOfCheck(check) !== leaverBefore && kindOfCheck(check).answers === question,
  );

/** Returns true where notices contain no names, so that no name can be wrong. */
function namesNobodyIn(notice: unknown): boolean {
  const parsed = notices.safeParse(notice);
  return parsed.success && namesNobody(parsed.data);
}
