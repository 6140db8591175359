/** @jsxRuntime automatic @jsxImportSource preact */
import type { RunRecord } from "../../../harness/judge/record.ts";
import type { AdvisedGroup } from "../../groups/advised-groups.ts";
import type { Finding, FindingGroup, GroupEffect } from "../../groups/finding-groups.ts";
import { extentOf, furtherWords, headingOf } from "../../groups/group-words.ts";
import { repetition } from "../../read/record-queries.ts";
import type { RequirementInRun, RequirementsInRun } from "../../read/requirements-in-run.ts";
import { countOf } from "../../words/text.ts";
import { caseAnchor, findingAnchor, requirementAnchor } from "../anchor.ts";
import { Code, Value } from "../cases/value.tsx";
import { Sign } from "../cases/verdict-sign.tsx";
import { Binding, RequirementSentence } from "../requirement.tsx";
import { AdviceBox } from "./advice.tsx";
import type { AnchorHolders } from "./anchored.ts";
import { Example, type DrawnAt } from "./example.tsx";

/** Number of groups that are open at first. Their timelines are in the page itself. */
const openMax = 3;

/** Number of groups whose example is drawn. More would make the page heavy. */
const drawnMax = 30;

/** Says why a group does not decide the outcome; undefined if it does. */
function effectInWords(effect: GroupEffect, requirement: RequirementInRun | undefined): string | undefined {
  if (effect === "binding") return undefined;
  if (effect === "known") return "known to the baseline";
  return `${requirement === undefined ? "not a MUST" : requirement.waiver === null ? requirement.level : "waived"}: does not count`;
}

interface FindingsProps {
  readonly record: RunRecord;
  readonly groups: readonly AdvisedGroup[];
  readonly requirements: RequirementsInRun;
  readonly holders: AnchorHolders;
}

/**
 * Groups of failures, each with its rule, a drawn example, its advice and the other cases. Further groups of a cause that stands above
 * them are folded away together.
 */
export function Findings(props: FindingsProps) {
  const { groups } = props;
  const further = groups.filter(({ isFurther }) => isFurther);
  const own = groups.filter(({ isFurther }) => !isFurther);
  const isKnown = ({ group }: AdvisedGroup) => group.effect === "known";
  return (
    <>
      <Groups {...props} shown={own.filter((one) => !isKnown(one))} />
      {further.length === 0 ? null : (
        <details class="further">
          <summary>{furtherWords(further)}</summary>
          <Groups {...props} shown={further} />
        </details>
      )}
      <Groups {...props} shown={own.filter(isKnown)} />
    </>
  );
}

function Groups({ shown, groups, ...context }: FindingsProps & { readonly shown: readonly AdvisedGroup[] }) {
  if (shown.length === 0) return null;
  const drawnAt = (one: AdvisedGroup): DrawnAt => {
    const place = groups.indexOf(one);
    const example = one.group.findings[0].run;
    const before = groups.slice(0, place).find(({ group }) => group.findings[0].run === example);
    return before?.number ?? (place < openMax ? "with timeline" : place < drawnMax ? "here" : "nowhere");
  };
  return (
    <ol class="groups">
      {shown.map((one) => (
        <Group of={one} {...context} drawnAt={drawnAt(one)} />
      ))}
    </ol>
  );
}

interface GroupProps extends Pick<FindingsProps, "record" | "requirements" | "holders"> {
  readonly of: AdvisedGroup;
  readonly drawnAt: DrawnAt;
}

function Group({
  of: { group, number, advice, adviceAt },
  record,
  requirements,
  holders,
  drawnAt,
}: GroupProps) {
  const [example, ...others] = group.findings;
  const effect = effectInWords(group.effect, requirements.get(group.requirement));
  return (
    <li>
      <details class="group fail" id={findingAnchor(number)} open={number <= openMax}>
        <summary>
          <h3>
            <Sign of="fail" /> {number}. <Value of={headingOf(group)} />
          </h3>
          <span>
            <Value of={extentOf(group)} />
          </span>
          {effect === undefined ? null : <b>{effect}</b>}
        </summary>
        <Rule id={group.requirement} requirements={requirements} />
        <Example
          of={example}
          record={record}
          id={holders.get(example.run) === group ? caseAnchor(example.run) : undefined}
          drawnAt={drawnAt}
        >
          {advice === undefined ? null : <AdviceBox of={advice} below="h3" />}
          {adviceAt === undefined ? null : (
            <p class="aside">
              To fix this, see <a href={`#${findingAnchor(adviceAt)}`}>finding {adviceAt}</a>.
            </p>
          )}
        </Example>
        <Others of={group} findings={others} holders={holders} example={example} />
      </details>
    </li>
  );
}

function Rule({ id, requirements }: { readonly id: string; readonly requirements: RequirementsInRun }) {
  const requirement = requirements.get(id);
  if (requirement === undefined)
    return (
      <p class="rule">
        <Code of={id} max={80} /> This requirement is not in the record.
      </p>
    );
  return (
    <p class="rule">
      <a href={`#${requirementAnchor(id)}`}>
        <Code of={id} max={80} />
      </a>
      <Binding of={requirement} /> <RequirementSentence of={requirement} />
      {requirement.waiver === null ? null : (
        <b>
          waived: <Value of={requirement.waiver} max={240} />
        </b>
      )}
    </p>
  );
}

interface OthersProps {
  readonly of: FindingGroup;
  readonly findings: readonly Finding[];
  readonly example: Finding;
  readonly holders: AnchorHolders;
}

/** Other findings of a group, each with what was seen. */
function Others({ of: group, findings, example, holders }: OthersProps) {
  if (findings.length === 0) return null;
  return (
    <details class="others" open={findings.length <= othersOpenMax}>
      <summary>{moreWords(findings, example)}</summary>
      <ul>
        {findings.map(({ run, check }, place) => {
          const isFirst = !findings.slice(0, place).some((one) => one.run === run);
          const holds = isFirst && run !== example.run && holders.get(run) === group;
          const repeated = repetition(check);
          return (
            <li id={holds ? caseAnchor(run) : undefined}>
              <a href={`#${caseAnchor(run)}`}>
                <Code of={run.id} max={160} />
              </a>{" "}
              <Value of={check.actual} max={240} />
              {repeated === null ? null : `; ${repeated}`}
            </li>
          );
        })}
      </ul>
    </details>
  );
}

/** Counts the other cases, and their failed checks where some case has several. */
function moreWords(findings: readonly Finding[], example: Finding): string {
  const cases = new Set(findings.map(({ run }) => run));
  const isPlain = cases.size === findings.length && !cases.has(example.run);
  return isPlain
    ? countOf(cases.size, "more case")
    : `${countOf(findings.length, "more failed check")} in ${countOf(cases.size, "case")}`;
}

/** Number of other findings up to which their list is open. */
const othersOpenMax = 5;
