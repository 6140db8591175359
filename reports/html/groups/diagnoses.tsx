/** @jsxRuntime automatic @jsxImportSource preact */
import type { Diagnosis } from "../../groups/diagnoses.ts";
import { capitalized, countOf } from "../../words/text.ts";
import { Value } from "../cases/value.tsx";
import { AdviceBox } from "./advice.tsx";

/** Probable causes of the failures, with their advice. */
export function Diagnoses({ of }: { readonly of: readonly Diagnosis[] }) {
  return (
    <ol class="diagnoses">
      {of.map(({ sentence, confidence, explains, advice }) => (
        <li>
          <h2>
            {capitalized(confidence)}: <Value of={sentence} max={600} />
          </h2>
          <p class="aside">This explains {countOf(explains.length, "failed case")}.</p>
          {advice === undefined ? null : <AdviceBox of={advice} below="h2" />}
        </li>
      ))}
    </ol>
  );
}
