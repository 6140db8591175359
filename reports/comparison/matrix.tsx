/** @jsxRuntime automatic @jsxImportSource preact */
import type { RequirementInRun } from "../read/requirements-in-run.ts";
import { RequirementSentence } from "../html/requirement.tsx";
import { Code } from "../html/cases/value.tsx";
import { VerdictWord } from "../html/cases/verdict-sign.tsx";
import { countOf } from "../words/text.ts";
import { evidenceAnchor } from "./anchor.ts";
import { TargetName } from "./name.tsx";
import { casesWith, comparedRequirements, isTrouble, type ComparedTarget } from "./target.ts";

/** Table of requirements by targets. Failed and open cells link to their evidence. */
export function Matrix({ targets }: { readonly targets: readonly ComparedTarget[] }) {
  const requirements = comparedRequirements(targets);
  if (requirements.length === 0) return <p class="aside">No run asked anything.</p>;
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
          {requirements.map(({ requirement, at }) => (
            <tr>
              <th scope="row">
                <Code of={requirement.id} max={80} />
                <span class="binding">
                  <b>{requirement.level}</b>
                </span>
                <small>
                  <RequirementSentence of={requirement} />
                </small>
              </th>
              {at.map((own, place) => (
                <Cell target={targets[place]} requirement={own} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({
  target,
  requirement,
}: {
  readonly target: ComparedTarget | undefined;
  readonly requirement: RequirementInRun | undefined;
}) {
  if (target === undefined || requirement === undefined) return <td class="aside">not asked</td>;
  const { verdict } = requirement;
  const word = <VerdictWord of={verdict} />;
  if (!isTrouble(verdict)) return <td>{word}</td>;
  return (
    <td class={`trouble ${verdict}`}>
      <a href={`#${evidenceAnchor(target, requirement.id)}`}>
        {word} <small>in {countOf(casesWith(target, requirement.id, verdict).length, "case")}</small>
      </a>
      {requirement.waiver === null ? null : <small>waived</small>}
    </td>
  );
}
