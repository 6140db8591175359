/** @jsxRuntime automatic @jsxImportSource preact */
import type { RunRecord } from "../../harness/judge/record.ts";
import { count, countOf } from "../words/text.ts";
import { failedRequirements } from "../read/failed-requirements.ts";
import { fixesFor, type Fix } from "../advice/fixes.ts";
import { FullAdvice } from "./advice.tsx";
import { caseAnchor, requirementAnchor } from "./anchor.ts";
import { Binding, RequirementSentence } from "./requirement.tsx";
import { Code } from "./cases/value.tsx";
import { Sign } from "./cases/verdict-sign.tsx";

/** Number of requirements shown here. The section on requirements has all. */
const shown = 8;
const fixesShown = 2;

/** Failed requirements, each with its clearest case. */
export function FailedRequirements({ record }: { readonly record: RunRecord }) {
  const all = failedRequirements(record);
  return (
    <>
      <ol class="worst">
        {all.slice(0, shown).map(({ requirement, cases, known, worst }) => (
          <li>
            <Sign of="fail" />
            <div>
              <Code of={requirement.id} max={80} />
              <Binding of={requirement} />
              <p>
                <RequirementSentence of={requirement} />
              </p>
              <p class="shown">
                {countOf(cases, "case")}
                {cases > 1 ? ", best seen in " : ": "}
                <a href={`#${caseAnchor(worst)}`}>
                  <Code of={worst.id} max={120} />
                </a>
                {known === 0 ? null : <small> – the baseline knows {knownWords(known, cases)}</small>}
              </p>
            </div>
          </li>
        ))}
      </ol>
      {fixesFor(record)
        .slice(0, fixesShown)
        .map((fix) => (
          <Fixing of={fix} />
        ))}
      {all.length > shown ? (
        <p class="aside">
          {countOf(all.length - shown, "further requirement")} failed; all are under{" "}
          <a href="#section:requirements">Requirements</a>.
        </p>
      ) : null}
    </>
  );
}

/** Fix in full, with the requirements that it mends. */
function Fixing({ of: { requirements, advice } }: { readonly of: Fix }) {
  return (
    <section class="advice">
      <h3>
        Fix
        {requirements.map((id) => (
          <small>
            <a href={`#${requirementAnchor(id)}`}>
              <Code of={id} max={80} />
            </a>
          </small>
        ))}
      </h3>
      <FullAdvice of={advice} />
    </section>
  );
}

function knownWords(known: number, cases: number): string {
  if (known < cases) return `${count(known)} of them`;
  return cases === 1 ? "it" : "all of them";
}
