/** @jsxRuntime automatic @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import type { RunRecord } from "../harness/judge/record.ts";
import { advisedGroups } from "./groups/advised-groups.ts";
import { advisedDiagnoses, type AdvisedDiagnosis } from "./groups/advised-diagnoses.ts";
import { openGroups } from "./groups/open-groups.ts";
import { baselineResult } from "./read/baseline.ts";
import { notApplicable, outcomeWord } from "./read/record-queries.ts";
import { requirementsIn } from "./read/requirements-in-run.ts";
import { gridOf } from "./read/grid.ts";
import { Baseline } from "./html/baseline-section.tsx";
import { Cases, HistoryHint } from "./html/cases/cases.tsx";
import { pageScript } from "./html/cases/filter.tsx";
import { ResultGridTable } from "./html/grid-table.tsx";
import { anchorHolders } from "./html/groups/anchored.ts";
import { Findings } from "./html/groups/findings.tsx";
import { OpenFindings } from "./html/groups/open-findings.tsx";
import { packHistories } from "./html/histories.ts";
import { Latency } from "./html/latency-strips.tsx";
import { Masthead } from "./html/masthead.tsx";
import { Requirements } from "./html/requirements.tsx";
import { renderPage } from "./html/page.tsx";
import { reportStyle } from "./html/report-style.ts";
import { NotApplicable, Run } from "./html/run.tsx";
import { style } from "./html/style.ts";
import type { RenderOptions } from "./reporter.ts";
import { capitalized, count, plain } from "./words/text.ts";

/** Size of a page that histories fill up, in characters. A larger page still gets `packedMin` of them. */
const sizeMax = 950_000;
const packedMin = 100_000;

/**
 * Renders a run as one self-contained HTML file. Escapes, shortens and isolates every string of the record.
 * @param diagnoses probable causes of the failures
 */
export function renderHtml(
  record: RunRecord,
  { timelineOf = () => undefined }: RenderOptions = {},
  diagnoses: readonly AdvisedDiagnosis[] = advisedDiagnoses(record),
): string {
  const answer = [outcomeWord[record.outcome], baselineResult(record)?.words].filter(Boolean).join(", ");
  return renderPage({
    title: `${capitalized(answer)}: ${plain(record.target.name, 80)} – hangup`,
    style: style + reportStyle,
    script: pageScript,
    dataFor: (length) => packHistories(record.cases, timelineOf, Math.max(sizeMax - length, packedMin)),
    children: [<Masthead record={record} diagnoses={diagnoses} />, <Body record={record} />],
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
  return (
    <>
      <nav aria-label="Parts of this report">
        {parts.map(({ id, title, number }) => (
          <a href={`#section:${id}`}>
            {title} {number === undefined ? null : <small>{count(number)}</small>}
          </a>
        ))}
      </nav>
      <main>
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
  const groups = advisedGroups(record);
  const open = openGroups(record);
  const holders = anchorHolders(groups, open);
  const inRun = requirementsIn(record);
  const findings = groups.length > 0 && {
    id: "findings",
    title: "Findings",
    number: groups.length,
    content: [
      record.outcome === "conformant" ? <Unbinding /> : null,
      <HistoryHint />,
      <Findings record={record} groups={groups} requirements={inRun} holders={holders} />,
    ],
  };
  const since = baseline !== undefined && {
    id: "baseline",
    title: "Since the baseline",
    content: <Baseline record={record} of={baseline} />,
  };
  const hasNewFailures = baseline !== undefined && baseline.worse.length > 0;
  const parts: readonly (PageSection | false)[] = [
    ...(hasNewFailures ? [since, findings] : [findings, since]),
    open.length > 0 && {
      id: "inconclusive",
      title: "Inconclusive",
      number: record.totals.inconclusive,
      content: <OpenFindings groups={open} requirements={inRun} holders={holders} />,
    },
    gridOf(cases).rows.length > 0 && {
      id: "map",
      title: "Map",
      content: <ResultGridTable record={record} />,
    },
    { id: "latency", title: "Detection latency", content: <Latency record={record} /> },
    {
      id: "requirements",
      title: "Requirements",
      number: requirements.length,
      content: <Requirements record={record} />,
    },
    {
      id: "cases",
      title: "All cases",
      number: cases.length,
      content: <Cases record={record} listedAbove={holders} />,
    },
    { id: "run", title: "The run", content: <Run record={record} /> },
    notApplicable(record).length > 0 && {
      id: "not-applicable",
      title: "Not tested, and why",
      content: <NotApplicable record={record} />,
    },
  ];
  return parts.filter((part) => part !== false);
}

function Unbinding() {
  return (
    <p class="aside">
      These do not make the target nonconformant: each is below MUST, or the profile waives it.
    </p>
  );
}
