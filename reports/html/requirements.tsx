/** @jsxRuntime automatic @jsxImportSource preact */
import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import { worst, type VerdictKind } from "../../harness/judge/verdict.ts";
import { groupBy, kindOf } from "../read/record-queries.ts";
import { requirementsIn } from "../read/requirements-in-run.ts";
import { count } from "../words/text.ts";
import { requirementAnchor } from "./anchor.ts";
import { Binding, RequirementSentence } from "./requirement.tsx";
import { Code } from "./cases/value.tsx";
import { VerdictWord } from "./cases/verdict-sign.tsx";

/** All requirements of the run, with their verdicts. */
export function Requirements({ record }: { readonly record: RunRecord }) {
  const asked = groupBy(record.cases.flatMap(askedIn), ({ requirement }) => requirement);
  return (
    <table class="requirements">
      <thead>
        <tr>
          <th scope="col">verdict</th>
          <th scope="col">requirement</th>
          <th scope="col">what it says</th>
          <th scope="col" class="number">
            cases
          </th>
        </tr>
      </thead>
      <tbody>
        {[...requirementsIn(record).values()].map((requirement) => (
          <tr id={requirementAnchor(requirement.id)}>
            <td>
              <VerdictWord of={requirement.verdict} />
            </td>
            <th scope="row">
              <Code of={requirement.id} max={80} />
              <Binding of={requirement} />
            </th>
            <td>
              <RequirementSentence of={requirement} />
            </td>
            <td class="number">{casesWords(asked.get(requirement.id) ?? [])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface RequirementTally {
  readonly requirement: string;
  readonly kind: VerdictKind;
  /** True if the case failed this requirement or another one. */
  readonly caseFailed: boolean;
}

/** Lists the requirements of a case, each once. */
function askedIn(run: CaseRecord): readonly RequirementTally[] {
  if (kindOf(run) === "not-applicable") return [];
  return [...groupBy(run.verdicts, (one) => one.requirement)].map(([requirement, checks]) => ({
    requirement,
    kind: worst(checks.map(({ kind }) => kind)),
    caseFailed: kindOf(run) === "fail",
  }));
}

/**
 * Returns `14`, `2 of 14 failed`, or `2 of 14 failed, 1 not judged`. A case that fails leaves other requirements open: a missing leave has no
 * time to judge.
 */
function casesWords(asked: readonly RequirementTally[]): string {
  const numberOf = (wanted: RequirementTally["kind"]) => asked.filter(({ kind }) => kind === wanted).length;
  const all = count(asked.length);
  const parts = Object.entries({ failed: numberOf("fail"), "not judged": numberOf("inconclusive") })
    .filter(([, number]) => number > 0)
    .map(([word, number], place) =>
      place === 0 ? `${count(number)} of ${all} ${word}` : `${count(number)} ${word}`,
    );
  const open = asked.filter(({ kind }) => kind === "inconclusive");
  const because =
    open.length > 0 && open.every(({ caseFailed }) => caseFailed) ? ", as the case failed otherwise" : "";
  return parts.length === 0 ? all : `${parts.join(", ")}${because}`;
}
