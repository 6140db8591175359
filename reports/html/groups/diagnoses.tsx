/** @jsxRuntime automatic @jsxImportSource preact */
import type { AdvisedDiagnosis } from "../../groups/advised-diagnoses.ts";
import { capitalized, count, countOf } from "../../words/text.ts";
import { findingAnchor } from "../anchor.ts";
import { Value } from "../cases/value.tsx";
import { AdviceBox } from "./advice.tsx";

interface DiagnosesProps {
  readonly of: readonly AdvisedDiagnosis[];
  /** Words on the failed cases that none of them explains. */
  readonly unexplained: string | undefined;
}

/** Probable causes of the failures, with their advice. */
export function Diagnoses({ of, unexplained }: DiagnosesProps) {
  return (
    <>
      <ol class="diagnoses">
        {of.map(({ sentence, confidence, explains, findings, apart, advice }) => (
          <li>
            <h2>
              {capitalized(confidence)}: <Value of={sentence} max={600} />
            </h2>
            <p class="aside">
              This explains {countOf(explains.length, "failed case")}: <FindingLinks to={findings} />.
            </p>
            {apart === undefined ? null : (
              <p class="aside">
                <Value of={apart} max={600} />
              </p>
            )}
            {advice === undefined ? null : <AdviceBox of={advice} below="h2" />}
          </li>
        ))}
      </ol>
      {unexplained === undefined ? null : <p class="aside">{unexplained}</p>}
    </>
  );
}

/** Number of findings that a diagnosis links. */
const linkedMax = 6;

function FindingLinks({ to }: { readonly to: readonly number[] }) {
  const more = to.length - linkedMax;
  return (
    <>
      {to.length === 1 ? "finding" : "findings"}{" "}
      {to.slice(0, linkedMax).map((number, place) => (
        <>
          {place === 0 ? "" : ", "}
          <a href={`#${findingAnchor(number)}`}>{number}</a>
        </>
      ))}
      {more > 0 ? ` and ${count(more)} more` : ""}
    </>
  );
}
