/** @jsxRuntime automatic @jsxImportSource preact */
import type { AdvisedDiagnosis } from "../../groups/advised-diagnoses.ts";
import { capitalized, countOf } from "../../words/text.ts";
import { Value } from "../cases/value.tsx";
import { AdviceBox } from "./advice.tsx";

/** Probable causes of the failures, with their advice. */
export function Diagnoses({ of }: { readonly of: readonly AdvisedDiagnosis[] }) {
  return (
    <ol class="diagnoses">
      {of.map(({ sentence, confidence, explains, apart, advice }) => (
        <li>
          <h2>
            {capitalized(confidence)}: <Value of={sentence} max={600} />
          </h2>
          <p class="aside">This explains {countOf(explains.length, "failed case")}.</p>
          {apart === undefined ? null : (
            <p class="aside">
              <Value of={apart} max={600} />
            </p>
          )}
          {advice === undefined ? null : <AdviceBox of={advice} below="h2" />}
        </li>
      ))}
    </ol>
  );
}
