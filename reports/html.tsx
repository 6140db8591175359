/** @jsxRuntime automatic @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import type { CaseRecord, RunRecord } from "../harness/judge/record.ts";
import { baselineResult } from "./read/baseline.ts";
import { casesOf, notApplicable, outcomeWord } from "./read/record-queries.ts";
import { requirementsIn } from "./read/requirements-in-run.ts";
import { gridOf } from "./read/grid.ts";
import { Baseline } from "./html/baseline-section.tsx";
import { Case } from "./html/cases/case.tsx";
import { Cases } from "./html/cases/cases.tsx";
import { filterScript } from "./html/cases/filter.tsx";
import { ResultGridTable } from "./html/grid-table.tsx";
import { Latency } from "./html/latency-strips.tsx";
import { capitalized, Masthead } from "./html/masthead.tsx";
import { Requirements } from "./html/requirements.tsx";
import { renderPage } from "./html/page.tsx";
import { reportStyle } from "./html/report-style.ts";
import { NotApplicable, Run } from "./html/run.tsx";
import { style } from "./html/style.ts";
import { FailedRequirements } from "./html/failure-list.tsx";
import { count, plain } from "./words/text.ts";
import { failedRequirements } from "./read/failed-requirements.ts";

/** Number of timelines that are open at first. */
const openTimelinesMax = 12;

/** Number of failures with a diagram. More would make the page heavy. */
const drawnMax = 100;

/** Renders a run as one self-contained HTML file. Escapes, shortens and isolates every string of the record. */
export function renderHtml(record: RunRecord): string {
  const answer = [outcomeWord[record.outcome], baselineResult(record)?.words].filter(Boolean).join(", ");
  return renderPage({
    title: `${capitalized(answer)}: ${plain(record.target.name, 80)} – hangup`,
    style: style + reportStyle,
    script: filterScript,
    children: [<Masthead record={record} />, <Body record={record} />],
  });
}

interface PageSection {
  readonly id: string;
  readonly title: string;
  readonly number?: number;
  readonly content: ComponentChildren;
}

function Body({ record }: { readonly record: RunRecord }) {
  const parts = partsOf(record);
  const toldInFull = record.totals.fail + record.totals.inconclusive;
  return (
    <>
      <nav aria-label="Parts of this report">
        {parts.map(({ id, title, number }) => (
          <a href={`#section:${id}`}>
            {title} {number === undefined ? null : <small>{count(number)}</small>}
          </a>
        ))}
      </nav>
      <main class={toldInFull > openTimelinesMax ? "many" : undefined}>
        {parts.map(({ id, title, number, content }) => (
          <section id={`section:${id}`} aria-labelledby={`title:${id}`}>
            <h2 id={`title:${id}`}>
              {title} {number === undefined ? null : <small>{count(number)}</small>}
            </h2>
            {content}
          </section>
        ))}
      </main>
    </>
  );
}

/** Returns the sections of the page, failures first, without empty ones. */
function partsOf(record: RunRecord): readonly PageSection[] {
  const { requirements, cases, baseline } = record;
  const worst = failedRequirements(record).length > 0 && {
    id: "worst",
    title: "What is worst",
    content: <FailedRequirements record={record} />,
  };
  const since = baseline !== undefined && {
    id: "baseline",
    title: "Since the baseline",
    content: <Baseline record={record} of={baseline} />,
  };
  const hasNewFailures = baseline !== undefined && baseline.worse.length > 0;
  const parts: readonly (PageSection | false)[] = [
    ...(hasNewFailures ? [since, worst] : [worst, since]),
    ...toldInFull(record),
    {
      id: "requirements",
      title: "Requirements",
      number: requirements.length,
      content: <Requirements record={record} />,
    },
    gridOf(cases).rows.length > 0 && {
      id: "map",
      title: "Scenario, transport, phase",
      content: <ResultGridTable record={record} />,
    },
    { id: "latency", title: "Detection latency", content: <Latency record={record} /> },
    notApplicable(record).length > 0 && {
      id: "not-applicable",
      title: "Not applicable",
      content: <NotApplicable record={record} />,
    },
    { id: "cases", title: "All cases", number: cases.length, content: <Cases record={record} /> },
    { id: "run", title: "The run", content: <Run record={record} /> },
  ];
  return parts.filter((part) => part !== false);
}

/** Returns the cases that did not pass, with everything known about them. */
function toldInFull(record: RunRecord): readonly (PageSection | false)[] {
  const failures = casesOf(record, "fail");
  const open = casesOf(record, "inconclusive");
  const requirements = requirementsIn(record);
  const told = (runs: readonly CaseRecord[], opened: number, drawn: number) =>
    runs.map((run, place) => (
      <Case
        of={run}
        requirements={requirements}
        target={record.target}
        open={place < opened}
        drawn={place < drawn}
      />
    ));
  return [
    failures.length > 0 && {
      id: "failures",
      title: "Failures",
      number: failures.length,
      content: [
        record.outcome === "conformant" ? <Unbinding /> : null,
        told(failures, openTimelinesMax, drawnMax),
      ],
    },
    open.length > 0 && {
      id: "inconclusive",
      title: "Inconclusive",
      number: open.length,
      content: [<Inconclusive />, told(open, 0, 0)],
    },
  ];
}

function Unbinding() {
  return (
    <p class="aside">
      These do not make the target nonconformant: each is below MUST, or the profile waives it.
    </p>
  );
}

function Inconclusive() {
  return (
    <p class="aside">
      These say nothing of the target, good or bad: the harness could not prove what it saw. Run them again
      once the reason is gone.
    </p>
  );
}
