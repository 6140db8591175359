/** @jsxRuntime automatic @jsxImportSource preact */
import type { CaseRecord } from "../../../harness/judge/record.ts";
import { sentenceOf } from "../../../harness/history/events/events.ts";
import { evidenceOf } from "../../read/record-queries.ts";
import { countOf } from "../../words/text.ts";
import { causalOrder } from "../../read/causal-order.ts";
import { excerpt, markOf, type Mark, type Stretch } from "../../read/timeline.ts";
import { timelineAnchor } from "../anchor.ts";
import { Code, Sentence, Value } from "./value.tsx";

/** Maximum number of rows. */
const rowsMax = 60;

const markWord: Readonly<Record<Exclude<Mark, "none">, string>> = {
  evidence: "evidence",
  fault: "fault",
  witness: "witness",
};

/** Events of a case, as far as the record holds them. */
export function Timeline({ of: run }: { readonly of: CaseRecord }) {
  if (run.timeline === undefined || run.timeline.length === 0) return <StoredElsewhere of={run} />;
  const evidence = evidenceOf(run);
  return (
    <details class="timeline" id={timelineAnchor(run)}>
      <summary>Timeline, {countOf(run.timeline.length, "event")}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col" class="number">
              ms
            </th>
            <th scope="col">actor</th>
            <th scope="col">what happened</th>
          </tr>
        </thead>
        <tbody>
          {excerpt(causalOrder(run.timeline), evidence, rowsMax).map((stretch) => (
            <Row of={stretch} evidence={evidence} />
          ))}
        </tbody>
      </table>
    </details>
  );
}

function Row({ of: stretch, evidence }: { readonly of: Stretch; readonly evidence: ReadonlySet<number> }) {
  if ("omitted" in stretch)
    return (
      <tr class="gap">
        <td colSpan={3}>{countOf(stretch.omitted, "event")} not shown here</td>
      </tr>
    );
  const { event } = stretch;
  const mark = markOf(event, evidence);
  return (
    <tr class={mark === "none" ? undefined : mark}>
      <td class="number">{event.atMs.toFixed(1)}</td>
      <td>
        <Value of={event.actor} max={40} />
      </td>
      <td>
        {mark === "none" ? null : <b class="mark">{markWord[mark]}</b>}
        <Sentence of={sentenceOf(event)} />
      </td>
    </tr>
  );
}

/** Stands for the events of a case that the page's script shows. */
export function TimelineElsewhere({ of: run }: { readonly of: CaseRecord }) {
  if (run.timeline === undefined || run.timeline.length === 0) return <StoredElsewhere of={run} />;
  return (
    <p class="aside" id={timelineAnchor(run)}>
      The history of this case has {countOf(run.timeline.length, "event")}.
      <span class="hint" hidden>
        {" "}
        Select the case's name to see it.
      </span>
    </p>
  );
}

function StoredElsewhere({ of: { history } }: { readonly of: CaseRecord }) {
  if (history === undefined) return null;
  return (
    <p class="aside">
      The history of this case is stored beside the record, in <Code of={history} max={160} />.
    </p>
  );
}
