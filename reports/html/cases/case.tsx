/** @jsxRuntime automatic @jsxImportSource preact */
import type { CaseRecord } from "../../../harness/judge/record.ts";
import { checksOf, kindOf } from "../../read/record-queries.ts";
import type { RequirementsInRun } from "../../read/requirements-in-run.ts";
import { countOf, duration } from "../../words/text.ts";
import { Advice } from "../advice.tsx";
import { caseAnchor } from "../anchor.ts";
import { Failure, Undecided } from "./check.tsx";
import { Sequence } from "./sequence.tsx";
import { Timeline } from "./timeline.tsx";
import { Code, Value } from "./value.tsx";
import { Sign } from "./verdict.tsx";

interface CaseProps {
  readonly of: CaseRecord;
  readonly requirements: RequirementsInRun;
  /** Whether its timeline is open from the start. */
  readonly open: boolean;
  /** Whether its history is drawn as well. */
  readonly drawn: boolean;
}

/**
 * A case that did not pass: what was asked, what was expected, what was seen, and what happened. What stayed open beside a
 * failure comes last.
 */
export function Case({ of: run, requirements, open, drawn }: CaseProps) {
  const kind = kindOf(run);
  const passed = checksOf(run, "pass").length;
  const undecided = checksOf(run, "inconclusive").map((check) => (
    <Undecided of={check} requirements={requirements} />
  ));
  return (
    <article class={`case ${kind}`} id={caseAnchor(run)}>
      <h3>
        <Sign of={kind} /> <Value of={run.title} max={200} />
      </h3>
      <p class="particulars">
        <a href={`#${caseAnchor(run)}`}>
          <Code of={run.id} max={160} />
        </a>
        {Object.entries(run.axes).map(([axis, value]) => (
          <span>
            <Value of={axis} max={40} /> <Code of={value} max={60} />
          </span>
        ))}
        <span>took {duration(run.durationMs)}</span>
        <span>harness lag at most {duration(run.lagMaxMs)}</span>
        {passed > 0 ? <span>{countOf(passed, "other check")} passed</span> : null}
      </p>
      {checksOf(run, "fail").map((check) => (
        <Failure of={check} requirements={requirements} />
      ))}
      {kind === "fail" ? null : undecided}
      <Steps of={run} />
      {drawn ? <Sequence of={run} /> : null}
      <Timeline of={run} open={open} />
      <Again of={run} />
      <Advice of={run} />
      {kind === "fail" ? undecided : null}
    </article>
  );
}

/** What is done in the counterexample of a property. */
function Steps({ of: { steps = [] } }: { readonly of: CaseRecord }) {
  if (steps.length === 0) return null;
  return (
    <ul class="steps">
      {steps.map((step) => (
        <li>
          <Value of={step} max={160} />
        </li>
      ))}
    </ul>
  );
}

/** How to see it again. A scenario's id, or a file's name, that a shell could misread is not offered to one. */
function Again({ of: { scenario, replay } }: { readonly of: CaseRecord }) {
  if (replay !== undefined && /^[\w./-]{1,160}$/.test(replay))
    return (
      <p class="aside">
        To see it again: <code>{`hangup replay '${replay}'`}</code> in the report's folder.
      </p>
    );
  if (!/^[\w./-]{1,160}$/.test(scenario)) return null;
  return (
    <p class="aside">
      To see it again: <code>{`hangup run --grep '${scenario}'`}</code> against the same target.
    </p>
  );
}
