/** @jsxRuntime automatic @jsxImportSource preact */
import type { RunRecord } from "../../harness/judge/record.ts";
import { mustsJudged, outcomeKind, outcomeWord, verdictSign, verdictWord } from "../read/record-queries.ts";
import { startOf } from "../html/masthead.tsx";
import { Code, Value } from "../html/cases/value.tsx";
import { differencesTitle } from "../read/run-differences.ts";
import { capitalized, count, countOf } from "../words/text.ts";
import { targetAnchor } from "./anchor.ts";
import { TargetName } from "./name.tsx";
import { differencesBetween, type ComparedTarget } from "./target.ts";

/** Lists the targets with their results. */
export function Masthead({ targets }: { readonly targets: readonly ComparedTarget[] }) {
  return (
    <header class="masthead compared">
      <p class="kicker">
        <span>hangup · Does the server notice that a client is gone?</span>
      </p>
      <h1>{countOf(targets.length, "target")} compared</h1>
      <table class="targets">
        <thead>
          <tr>
            <th scope="col">outcome</th>
            <th scope="col">target</th>
            <th scope="col">cases</th>
            <th scope="col">run</th>
          </tr>
        </thead>
        <tbody>
          {targets.map((target) => (
            <Row of={target} />
          ))}
        </tbody>
      </table>
      <Differences targets={targets} />
    </header>
  );
}

/** Circumstances in which the runs differ, so that their results can't be compared case by case. */
function Differences({ targets }: { readonly targets: readonly ComparedTarget[] }) {
  const differences = differencesBetween(targets);
  if (differences.length === 0) return null;
  return (
    <ul class="notes" aria-label={differencesTitle}>
      <li>{capitalized(differencesTitle)}.</li>
      {differences.map(({ what, values }) => (
        <li>
          {what}: <Value of={values} max={600} />
        </li>
      ))}
    </ul>
  );
}

function Row({ of: target }: { readonly of: ComparedTarget }) {
  const { record } = target;
  const kind = outcomeKind[record.outcome];
  return (
    <tr>
      <td>
        <span class={`verdict ${kind}`}>
          {verdictSign[kind]} {outcomeWord[record.outcome]}
        </span>
        <small>{mustsJudged(record)}</small>
      </td>
      <th scope="row">
        <a href={`#${targetAnchor(target)}`}>
          <TargetName of={target} />
        </a>
        <Code of={record.target.url} max={120} />
      </th>
      <td>{casesWords(record)}</td>
      <td>
        {startOf(record)}
        <small>
          hangup <Code of={record.tool.version} max={40} />
        </small>
      </td>
    </tr>
  );
}

function casesWords({ totals }: RunRecord): string {
  const counts = [
    [totals.fail, "fail"],
    [totals.inconclusive, "inconclusive"],
    [totals.pass, "pass"],
    [totals.notApplicable, "not-applicable"],
  ] as const;
  const told = counts.flatMap(([number, kind]) =>
    number === 0 ? [] : `${count(number)} ${verdictWord[kind]}`,
  );
  return told.length === 0 ? "none" : told.join(", ");
}
