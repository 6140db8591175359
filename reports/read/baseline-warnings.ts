import type { RunRecord } from "../../harness/judge/record.ts";
import { countOf, plain } from "../words/text.ts";
import { groupBy } from "./record-queries.ts";

/** Number of cases that a warning names. */
const namedMax = 2;

/** Returns one line per warning: findings of requirements that are newer than the baseline, and entries that may be obsolete. */
export function warningLines({ baseline }: Pick<RunRecord, "baseline">): string[] {
  const { newer = [], warnings = [] } = baseline ?? {};
  const groups = groupBy(newer, ({ requirement, kind }) => `${kind} ${requirement}`);
  const ofNewer = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const named = group.slice(0, namedMax).map((one) => plain(one.case, 160));
    const more = group.length > namedMax ? ", \u2026" : "";
    const happened = first.kind === "fail" ? "failed" : "was inconclusive";
    return `${plain(first.requirement, 80)} is newer than the baseline and ${happened} in ${countOf(group.length, "case")}: ${named.join(", ")}${more}. \`--update-baseline\` makes it count.`;
  });
  return [...ofNewer, ...warnings.map((line) => plain(line))];
}
