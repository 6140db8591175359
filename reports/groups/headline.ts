import type { RunRecord } from "../../harness/judge/record.ts";
import { everydaySentence } from "../everyday/sentence.ts";
import type { EverydayRow } from "../everyday/table.ts";
import { countOf } from "../words/text.ts";
import { findingGroups } from "./finding-groups.ts";
import { headingOf } from "./group-words.ts";

/** Returns the answer of a run. It names the first finding if no everyday ending shows that there are some. */
export function headlineOf(record: RunRecord, rows: readonly EverydayRow[]): string {
  const answer = everydaySentence(rows);
  const binding = findingGroups(record).filter(({ effect }) => effect === "binding");
  const [first] = binding;
  if (first === undefined || rows.some(({ kind }) => kind === "fail")) return answer;
  const failed = new Set(binding.flatMap(({ cases }) => cases)).size;
  return `${answer} But ${countOf(failed, "case")} ${failed === 1 ? "fails" : "fail"}: ${headingOf(first)}.`;
}
