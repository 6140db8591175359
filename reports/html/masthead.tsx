/** @jsxRuntime automatic @jsxImportSource preact */
import type { RunRecord } from "../../harness/judge/record.ts";
import type { VerdictKind } from "../../harness/judge/verdict.ts";
import { baselineResult } from "../read/baseline.ts";
import {
  askedCases,
  mustsJudged,
  outcomeKind,
  outcomeWord,
  verdictSign,
  verdictWord,
} from "../read/record-queries.ts";
import { headlineOf } from "../groups/headline.ts";
import { everydayRows } from "../everyday/table.ts";
import { capitalized, count, countOf, duration } from "../words/text.ts";
import { unexplainedWords, type AdvisedDiagnosis } from "../groups/advised-diagnoses.ts";
import { Diagnoses } from "./groups/diagnoses.tsx";
import { Everyday } from "./everyday.tsx";
import { Code, Value } from "./cases/value.tsx";

interface MastheadProps {
  readonly record: RunRecord;
  readonly diagnoses: readonly AdvisedDiagnosis[];
}

/**
 * Head of the report: the answer in the user's words, the table of endings, probable causes of the failures, the verdict,
 * and notes.
 */
export function Masthead({ record, diagnoses }: MastheadProps) {
  const { outcome, target, tool, notes, exitCode } = record;
  const kind = outcomeKind[outcome];
  const rows = everydayRows(record);
  return (
    <header class={`masthead ${kind}`}>
      <p class="kicker">
        <span>
          hangup <Value of={tool.version} max={40} /> · Does the server notice that a client is gone?
        </span>
        <span>{startOf(record)}</span>
      </p>
      <h1>{headlineOf(record, rows)}</h1>
      <p class="lede">
        <Value of={target.name} max={120} /> at <Code of={target.url} max={240} />
      </p>
      <Everyday rows={rows} />
      {diagnoses.length === 0 ? null : (
        <Diagnoses of={diagnoses} unexplained={unexplainedWords(record, diagnoses)} />
      )}
      <p class={`outcome ${kind}`}>
        <span aria-hidden="true">{verdictSign[kind]}</span> {capitalized(outcomeWord[outcome])}
      </p>
      <BesideBaseline record={record} />
      <p class="lede">
        {mustsJudged(record)}, {countOf(askedCases(record), "case")} in {duration(record.durationMs)}
        {exitCode === 130 ? ", interrupted" : ""}
      </p>
      <Tally record={record} />
      {notes.length === 0 ? null : (
        <ul class="notes" aria-label="Notes on this run">
          {notes.map((note) => (
            <li>
              <Value of={note} />
            </li>
          ))}
        </ul>
      )}
    </header>
  );
}

/** Result against the baseline. It may be good although cases fail. */
function BesideBaseline({ record }: { readonly record: RunRecord }) {
  const beside = baselineResult(record);
  if (beside === null) return null;
  return (
    <p class={`beside ${beside.kind}`}>
      <a href="#section:baseline">
        <span aria-hidden="true">{verdictSign[beside.kind]}</span> {capitalized(beside.words)}
      </a>
    </p>
  );
}

/** Cases by verdict, as a bar and as numbers. */
function Tally({ record: { totals, cases } }: { readonly record: RunRecord }) {
  const parts: readonly (readonly [VerdictKind, number])[] = [
    ["fail", totals.fail],
    ["inconclusive", totals.inconclusive],
    ["pass", totals.pass],
    ["not-applicable", totals.notApplicable],
  ];
  const all = Math.max(1, cases.length);
  let from = 0;
  return (
    <div class="tally">
      <svg width="100%" height="8" aria-hidden="true">
        {parts.map(([kind, number]) => {
          const x = from;
          from += (100 * number) / all;
          return number === 0 ? null : (
            <rect class={kind} x={`${x.toFixed(2)}%`} width={`${(from - x).toFixed(2)}%`} height="8" />
          );
        })}
      </svg>
      <ul>
        {parts.map(([kind, number]) =>
          number === 0 ? null : (
            <li class={kind}>
              <b>{count(number)}</b> {verdictWord[kind]}
            </li>
          ),
        )}
      </ul>
    </div>
  );
}

/** Returns the start as `2026-11-22 08:33:12 UTC`. */
export function startOf({ startedAt }: Pick<RunRecord, "startedAt">): string {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)[\d.]*Z$/.exec(startedAt) ?? [];
  return day === undefined || time === undefined ? "at an unknown time" : `${day} ${time} UTC`;
}
