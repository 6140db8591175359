/** @jsxRuntime automatic @jsxImportSource preact */
import type { CaseRecord } from "../../harness/judge/record.ts";
import { advice } from "../words/advice.ts";
import { checksOf, groupBy } from "../read/record-queries.ts";
import { Code } from "./cases/value.tsx";

/** Changes that help in a Spring server, with the failed requirements that each one fixes. */
export function Advice({ of: run }: { readonly of: CaseRecord }) {
  const failed = [...new Set(checksOf(run, "fail").map(({ requirement }) => requirement))];
  const told = groupBy(
    failed.filter((id) => advice.has(id)),
    (id) => advice.get(id)?.words ?? "",
  );
  if (told.size === 0) return null;
  return (
    <section class="advice">
      <h4>In a Spring server</h4>
      <dl>
        {[...told].map(([words, ids]) => (
          <div>
            <dt>
              {ids.map((id) => (
                <Code of={id} max={80} />
              ))}
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
