/** @jsxRuntime automatic @jsxImportSource preact */
import type { RequirementInRun } from "../read/requirements-in-run.ts";
import { RequirementSentence } from "../html/requirement.tsx";
import { Code } from "../html/cases/value.tsx";
import { VerdictWord } from "../html/cases/verdict.tsx";
import { countOf } from "../words/text.ts";
import { evidenceAnchor } from "./anchor.ts";
import { TargetName } from "./name.tsx";
import { casesWith, comparedRequirements, isTrouble, type ComparedTarget } from "./target.ts";

/** Requirements by targets; what is more than a word leads to its evidence. */
export function Matrix({ targets }: { readonly targets: readonly ComparedTarget[] }) {
  const duties = comparedRequirements(targets);
  if (duties.length === 0) return <p class="aside">No run asked anything.</p>;
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label="Requirements by targets, scrolls sideways">
      <table class="compare">
        <thead>
          <tr>
            <th scope="col">requirement</th>
            {targets.map((target) => (
              <th scope="col">
                <TargetName of={target} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {duties.map(({ duty, at }) => (
            <tr>
              <th scope="row">
                <Code of={duty.id} max={80} />
                <span class="binding">
                  <b>{duty.level}</b>
                </span>
                <small>
                  <RequirementSentence of={duty} />
                </small>
              </th>
              {at.map((own, place) => (
                <Cell target={targets[place]} duty={own} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ target, duty }: { readonly target: ComparedTarget | undefined; readonly duty: RequirementInRun | undefined }) {
  if (target === undefined || duty === undefined) return <td class="aside">not asked</td>;
  const { verdict } = duty;
  const word = <VerdictWord of={verdict} />;
  if (!isTrouble(verdict)) return <td>{word}</td>;
  return (
    <td class={`trouble ${verdict}`}>
      <a href={`#${evidenceAnchor(target, duty.id)}`}>
        {word} <small>in {countOf(casesWith(target, duty.id, verdict).length, "case")}</small>
      </a>
      {duty.waiver === null ? null : <small>waived</small>}
    </td>
  );
}
