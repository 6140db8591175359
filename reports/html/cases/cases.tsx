/** @jsxRuntime automatic @jsxImportSource preact */
import type { CaseRecord, RunRecord } from "../../../harness/judge/record.ts";
import type { VerdictKind } from "../../../harness/judge/verdict.ts";
import { checksOf, folderOf, groupBy, kindOf, verdictSign, verdictWord } from "../../read/record-queries.ts";
import { count, countOf, duration } from "../../words/text.ts";
import { caseAnchor } from "../anchor.ts";
import { Filter } from "./filter.tsx";
import { Code, Value } from "./value.tsx";
import { Sign } from "./verdict-sign.tsx";

/** Number of cases up to which all folders are open at first. */
const openCasesMax = 120;

const kinds: readonly VerdictKind[] = ["fail", "inconclusive", "pass", "not-applicable"];

/** All cases, by the folder of their scenario. */
export function Cases({ record }: { readonly record: RunRecord }) {
  const { cases } = record;
  return (
    <>
      <Filter record={record} />
      {[...groupBy(cases, folderOf)].map(([folder, group]) => (
        <details class="folder" open={cases.length <= openCasesMax}>
          <summary>
            <b>
              <Value of={folder} max={80} />
            </b>{" "}
            <span>{tally(group)}</span>
          </summary>
          <table class="cases">
            <thead class="unseen">
              <tr>
                <th scope="col">verdict</th>
                <th scope="col">case</th>
                <th scope="col">requirements</th>
                <th scope="col">duration</th>
              </tr>
            </thead>
            <tbody>
              {group.map((run) => (
                <CaseRow of={run} />
              ))}
            </tbody>
          </table>
        </details>
      ))}
    </>
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

/** Row of a case. Links to its details if they are shown above, and holds its anchor otherwise. */
function CaseRow({ of: run }: { readonly of: CaseRecord }) {
  const kind = kindOf(run);
  const toldAbove = kind === "fail" || kind === "inconclusive";
  return (
    <tr class={kind} id={toldAbove ? undefined : caseAnchor(run)}>
      <td>
        <Sign of={kind} />
      </td>
      <th scope="row">
        <Value of={run.title} max={200} />
        <a href={`#${caseAnchor(run)}`}>
          <Code of={run.id} max={160} />
        </a>
      </th>
      <td>
        {kinds.map((one) => (
          <Asked of={run} kind={one} />
        ))}
      </td>
      <td class="number">{kind === "not-applicable" ? "" : duration(run.durationMs)}</td>
    </tr>
  );
}

function Asked({ of: run, kind }: { readonly of: CaseRecord; readonly kind: VerdictKind }) {
  const asked = [...new Set(checksOf(run, kind).map(({ requirement }) => requirement))];
  if (asked.length === 0) return null;
  return (
    <code class={kind} dir="auto">
      <span role="img" aria-label={verdictWord[kind]}>
        {verdictSign[kind]}
      </span>{" "}
      <Value of={asked.join(", ")} max={240} />
    </code>
  );
}
