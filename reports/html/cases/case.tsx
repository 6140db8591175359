/** @jsxRuntime automatic @jsxImportSource preact */
import type { CaseRecord, RunRecord } from "../../../harness/judge/record.ts";
import { checksOf, kindOf } from "../../read/record-queries.ts";
import type { RequirementsInRun } from "../../read/requirements-in-run.ts";
import { countOf, duration } from "../../words/text.ts";
import { ShortAdvice } from "../advice.tsx";
import { caseAnchor } from "../anchor.ts";
import { Failure, Undecided } from "./check.tsx";
import { Sequence } from "../diagram/sequence-diagram.tsx";
import { Timeline } from "./timeline-rows.tsx";
import { Code, Value } from "./value.tsx";
import { Sign } from "./verdict-sign.tsx";

interface CaseProps {
  readonly of: CaseRecord;
  readonly requirements: RequirementsInRun;
  readonly target: RunRecord["target"];
  /** True if the timeline is open at first. */
  readonly open: boolean;
  /** True to draw the history as a diagram, too. */
  readonly drawn: boolean;
}

/**
 * Case that did not pass: its question, the expected and the actual result, and its history. Open checks of a failed
 * case come last.
 */
export function Case({ of: run, requirements, target, open, drawn }: CaseProps) {
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
      <ShortAdvice of={run} on={target} />
      {kind === "fail" ? undecided : null}
    </article>
  );
}

/** Steps of a property's counterexample. */
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

/** Command that runs the case again. Not shown if a shell could misread the id or the file name. */
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
