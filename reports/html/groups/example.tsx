/** @jsxRuntime automatic @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import type { CaseRecord, RunRecord } from "../../../harness/judge/record.ts";
import type { Finding } from "../../groups/finding-groups.ts";
import { repetition } from "../../read/record-queries.ts";
import { duration } from "../../words/text.ts";
import { caseAnchor, findingAnchor } from "../anchor.ts";
import { FindAgain } from "../cases/find-again.tsx";
import { Timeline, TimelineElsewhere } from "../cases/timeline-rows.tsx";
import { Code, Value } from "../cases/value.tsx";
import { Sequence } from "../diagram/sequence-diagram.tsx";

/** Place of an example's history: drawn with its timeline, drawn alone, not drawn, or the number of another group. */
export type DrawnAt = "with timeline" | "here" | "nowhere" | number;

interface ExampleProps {
  readonly of: Finding;
  readonly record: RunRecord;
  readonly id: string | undefined;
  /** Place of the history, or the number of the earlier group that has it. */
  readonly drawnAt: DrawnAt;
  /** Advice, which stands above the history. */
  readonly children: ComponentChildren;
}

/** Clearest case of a group: the expected result beside the actual one, the advice, and the history. */
export function Example({ of: { run, check }, record, id, drawnAt, children }: ExampleProps) {
  const repeated = repetition(check);
  return (
    <article class="example" id={id}>
      <dl class="versus">
        <div>
          <dt>Expected</dt>
          <dd>
            <Value of={check.expected} max={1200} />
          </dd>
        </div>
        <div class="fail">
          <dt>Seen</dt>
          <dd>
            <Value of={check.actual} max={1200} />
          </dd>
        </div>
      </dl>
      <p class="particulars">
        <span>
          Example:{" "}
          <a href={`#${caseAnchor(run)}`}>
            <Code of={run.id} max={160} />
          </a>
        </span>
        <span>
          <Value of={run.title} max={200} />
        </span>
        {repeated === null ? null : <b>{repeated}</b>}
        <span>
          judged by <Code of={check.check} max={120} />
        </span>
        <span>took {duration(run.durationMs)}</span>
        <span>harness lag at most {duration(run.lagMaxMs)}</span>
      </p>
      {children}
      <Steps of={run} />
      {typeof drawnAt === "number" ? (
        <p class="aside">
          This case is drawn at <a href={`#${findingAnchor(drawnAt)}`}>finding {drawnAt}</a>.
        </p>
      ) : null}
      {drawnAt === "with timeline" || drawnAt === "here" ? <Sequence of={run} /> : null}
      {drawnAt === "with timeline" ? <Timeline of={run} /> : null}
      {drawnAt === "here" || drawnAt === "nowhere" ? <TimelineElsewhere of={run} /> : null}
      <FindAgain of={run} record={record} />
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
