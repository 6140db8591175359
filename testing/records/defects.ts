import type { CaseRecord, CheckRecord, RunRecord } from "../../harness/judge/record.ts";
import { storedSignatures, type Signature } from "../../reports/diagnosis/signatures.ts";
import { caseOf, recordOf } from "./build.ts";

/**
 * Returns the record of a run on a server with the defects of these mutants, as far as their signatures know it. A question that one
 * of them fails is failed. The record has no times and no events, because signatures have none.
 */
export function recordWithDefects(...names: readonly string[]): RunRecord {
  const stored = storedSignatures();
  const defects = names.map((name) => {
    const found = stored.signatures.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no signature of ${name}`);
    return found;
  });
  const cases = stored.cases.flatMap((id, place): CaseRecord[] => {
    const verdicts = Object.entries(stored.questions).flatMap(([question, places]): CheckRecord[] => {
      const answers = defects.map((defect) => answerOf(defect, question, place, stored.requirements));
      if (answers.includes("fail")) return [verdictOf(question, "fail")];
      return answers.includes("unknown") || !places.includes(place) ? [] : [verdictOf(question, "pass")];
    });
    return verdicts.length === 0 ? [] : [{ ...caseOf(id, id, verdicts), axes: axesOf(id) }];
  });
  return recordOf(cases);
}

function answerOf(
  { fails, sometimes = {}, open = {}, played, requirements }: Signature,
  question: string,
  place: number,
  all: readonly string[],
): "fail" | "pass" | "unknown" {
  const [requirement = ""] = question.split(" ");
  if (!requirements.includes(all.indexOf(requirement))) return "pass";
  if (fails[question]?.includes(place) === true || sometimes[question]?.includes(place) === true)
    return "fail";
  return !played.includes(place) || open[question]?.includes(place) === true ? "unknown" : "pass";
}

function verdictOf(question: string, kind: "pass" | "fail"): CheckRecord {
  const [requirement = "", check = ""] = question.split(" ");
  const counts = { requirement, check, attempts: 1, failedAttempts: kind === "fail" ? 1 : 0 };
  return kind === "fail"
    ? { ...counts, kind, expected: "", actual: "", evidence: [] }
    : { ...counts, kind, evidence: [] };
}

/** Returns the axes of a case id. */
function axesOf(id: string): Record<string, string> {
  const written = /\[(.*)\]$/.exec(id)?.[1] ?? "";
  return Object.fromEntries(
    [...written.matchAll(/([a-z-]+)=(.*?)(?=,[a-z-]+=|$)/g)].map(([, axis = "", value = ""]) => [
      axis,
      value,
    ]),
  );
}
