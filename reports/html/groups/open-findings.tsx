/** @jsxRuntime automatic @jsxImportSource preact */
import type { OpenGroup } from "../../groups/open-groups.ts";
import { requirementLabel, type RequirementsInRun } from "../../read/requirements-in-run.ts";
import { countOf, duration } from "../../words/text.ts";
import { caseAnchor } from "../anchor.ts";
import { Code, Value } from "../cases/value.tsx";
import { Sign } from "../cases/verdict-sign.tsx";
import type { AnchorHolders } from "./anchored.ts";

interface OpenFindingsProps {
  readonly groups: readonly OpenGroup[];
  readonly requirements: RequirementsInRun;
  readonly holders: AnchorHolders;
}

/** Inconclusive cases, by reason. */
export function OpenFindings({ groups, requirements, holders }: OpenFindingsProps) {
  return (
    <>
      <p class="aside">
        These say nothing of the target, good or bad: the harness could not prove what it saw. Run them again
        once the reason is gone.
      </p>
      <ol class="groups">
        {groups.map((group) => (
          <li>
            <div class="group inconclusive">
              <h3>
                <Sign of="inconclusive" /> {countOf(group.cases.length, "case")} not judged:{" "}
                <Value of={group.reason} max={600} />
              </h3>
              <p class="rule">
                <Value
                  of={group.requirements.map((id) => requirementLabel(id, requirements)).join(", ")}
                  max={1200}
                />
              </p>
              <ul class="others">
                {group.cases.map((run) => (
                  <li id={holders.get(run) === group ? caseAnchor(run) : undefined}>
                    <a href={`#${caseAnchor(run)}`}>
                      <Code of={run.id} max={160} />
                    </a>{" "}
                    <Value of={run.title} max={200} />; harness lag at most {duration(run.lagMaxMs)}
                  </li>
                ))}
              </ul>
            </div>
          </li>
        ))}
      </ol>
    </>
  );
}
