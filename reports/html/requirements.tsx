/** @jsxRuntime automatic @jsxImportSource preact */
import type { RunRecord } from "../../harness/record.ts";
import { groupBy, kindOf } from "../digest.ts";
import { dutiesOf } from "../duty.ts";
import { count } from "../text.ts";
import { requirementAnchor } from "./anchor.ts";
import { Binding, DutySentence } from "./duty.tsx";
import { Code } from "./value.tsx";
import { VerdictWord } from "./verdict.tsx";

/** Every requirement that the run asked about, with its verdict. */
export function Requirements({ record }: { readonly record: RunRecord }) {
  const asked = groupBy(
    record.cases
      .filter((run) => kindOf(run) !== "not-applicable")
      .flatMap((run) => [...new Set(run.verdicts.map(({ requirement }) => requirement))]),
    (id) => id,
  );
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
        {[...dutiesOf(record).values()].map((duty) => (
          <tr id={requirementAnchor(duty.id)}>
            <td>
              <VerdictWord of={duty.verdict} />
            </td>
            <th scope="row">
              <Code of={duty.id} max={80} />
              <Binding of={duty} />
            </th>
            <td>
              <DutySentence of={duty} />
            </td>
            <td class="number">{count(asked.get(duty.id)?.length ?? 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
