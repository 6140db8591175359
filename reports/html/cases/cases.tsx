/** @jsxRuntime automatic @jsxImportSource preact */
import type { CaseRecord, RunRecord } from "../../../harness/judge/record.ts";
import type { VerdictKind } from "../../../harness/judge/verdict.ts";
import type { AnchorHolders } from "../groups/anchored.ts";
import { checksOf, folderOf, groupBy, kindOf, verdictSign, verdictWord } from "../../read/record-queries.ts";
import { count, countOf, duration, plain } from "../../words/text.ts";
import { caseAnchor } from "../anchor.ts";
import { Filter } from "./filter.tsx";
import { Code, Value } from "./value.tsx";

/** Number of cases up to which all folders are open at first. */
const openCasesMax = 120;

const kinds: readonly VerdictKind[] = ["fail", "inconclusive", "pass", "not-applicable"];

interface CasesProps {
  readonly record: RunRecord;
  readonly listedAbove: AnchorHolders;
}

/** All cases, by the folder of their scenario. Each row holds its case's anchor if nothing above does. */
export function Cases({ record, listedAbove }: CasesProps) {
  const { cases } = record;
  return (
    <>
      <HistoryHint />
      <Filter record={record} />
      {[...groupBy(cases, folderOf)].map(([folder, group]) => (
        <details class="folder" open={cases.length <= openCasesMax}>
          <summary>
            <b>
              <Value of={folder} max={80} />
            </b>{" "}
            <span>{tally(group)}</span>
          </summary>
          {[...groupBy(group, ({ scenario }) => scenario).values()].map((runs) => (
            <Scenario of={runs} listedAbove={listedAbove} />
          ))}
        </details>
      ))}
    </>
  );
}

/** Instruction that the script of the page makes visible, because the script shows the histories. */
export function HistoryHint() {
  return (
    <p class="aside hint" hidden>
      Select the name of a case to see its history.
    </p>
  );
}

function tally(group: readonly CaseRecord[]): string {
  const byKind = groupBy(group, kindOf);
  const parts = kinds.flatMap((kind) => {
    const number = byKind.get(kind)?.length ?? 0;
    return number === 0 ? [] : [`${count(number)} ${verdictWord[kind]}`];
  });
  return `${countOf(group.length, "case")}: ${parts.join(", ")}`;
}

interface ScenarioProps {
  readonly of: readonly CaseRecord[];
  readonly listedAbove: AnchorHolders;
}

/** Cases of one scenario, below its title and its requirements. */
function Scenario({ of: runs, listedAbove }: ScenarioProps) {
  return (
    <div class="scenario">
      <h3>
        <Value of={runs[0]?.title ?? ""} max={200} />
        <small>
          <Code of={runs[0]?.scenario ?? ""} max={120} />{" "}
          <Value of={requirementsOf(runs).join(", ")} max={600} />
        </small>
      </h3>
      <ul>
        {runs.map((run) => (
          <CaseItem of={run} isAbove={listedAbove.has(run)} />
        ))}
      </ul>
    </div>
  );
}

const requirementsOf = (runs: readonly CaseRecord[]): readonly string[] => [
  ...new Set(runs.flatMap(({ verdicts }) => verdicts.map(({ requirement }) => requirement))),
];

interface CaseItemProps {
  readonly of: CaseRecord;
  /** True if a group above holds the case's anchor. */
  readonly isAbove: boolean;
}

/** Verdict, axes and duration of a case, and the requirements that it failed. Few elements, because a run has many cases. */
function CaseItem({ of: run, isAbove }: CaseItemProps) {
  const kind = kindOf(run);
  const failed = [...new Set(checksOf(run, "fail").map(({ requirement }) => requirement))];
  return (
    <li class={kind} id={isAbove ? undefined : caseAnchor(run)}>
      {verdictSign[kind]} <a href={`#${caseAnchor(run)}`}>{plain(axesOf(run), 120)}</a>
      {kind === "not-applicable" ? "" : ` ${duration(run.durationMs)}`}
      {failed.length === 0 ? null : <small> {plain(failed.join(", "), 240)}</small>}
    </li>
  );
}

/** Returns the values of a case's axes; of a case without axes, its id. */
const axesOf = ({ id, axes }: CaseRecord): string => {
  const values = Object.values(axes);
  return values.length === 0 ? id : values.join(", ");
};
