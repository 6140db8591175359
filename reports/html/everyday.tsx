/** @jsxRuntime automatic @jsxImportSource preact */
import { tableNotes } from "../everyday/notes.ts";
import type { EverydayCell, EverydayRow } from "../everyday/table.ts";
import { kindOf } from "../read/record-queries.ts";
import { count, countOf } from "../words/text.ts";
import { caseAnchor } from "./anchor.ts";
import { Code, Marked } from "./cases/value.tsx";
import { Sign } from "./cases/verdict-sign.tsx";

/** Number of cases that a row names. The list of all cases has the rest. */
const casesNamed = 40;

/** Table of everyday endings. Each row opens its cases. */
export function Everyday({ rows }: { readonly rows: readonly EverydayRow[] }) {
  return (
    <div class="everyday">
      <table>
        <thead>
          <tr>
            <th scope="col">A client …</th>
            <th scope="col">others told?</th>
            <th scope="col" class="number">
              typical
            </th>
            <th scope="col" class="number">
              slowest
            </th>
            <th scope="col" class="number">
              allowed
            </th>
            <th scope="col">once?</th>
            <th scope="col">right name?</th>
            <th scope="col">cases</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row of={row} />
          ))}
        </tbody>
      </table>
      {tableNotes(rows).map((note) => (
        <p class="aside">
          <Marked of={note} />
        </p>
      ))}
    </div>
  );
}

function Row({ of: row }: { readonly of: EverydayRow }) {
  const { kind } = row;
  return (
    <tr class={kind}>
      <th scope="row">
        <Sign of={kind} /> {row.does}
      </th>
      {kind === "not-applicable" ? null : <Answers of={row} />}
      <td colspan={kind === "not-applicable" ? 7 : 1}>
        <Evidence of={row} />
      </td>
    </tr>
  );
}

/** Remarks of a row, which open its cases. */
function Evidence({ of: { cases, remarks } }: { readonly of: EverydayRow }) {
  const words = remarks.length === 0 ? countOf(cases.length, "case") : remarks.join("; ");
  if (cases.length === 0) return <Marked of={words} max={600} />;
  return (
    <details>
      <summary>
        <Marked of={words} max={600} />
      </summary>
      <ul>
        {cases.slice(0, casesNamed).map((run) => (
          <li>
            <Sign of={kindOf(run)} />{" "}
            <a href={`#${caseAnchor(run)}`}>
              <Code of={run.id} max={120} />
            </a>
          </li>
        ))}
        {cases.length > casesNamed ? <li>and {count(cases.length - casesNamed)} more</li> : null}
      </ul>
    </details>
  );
}

function Answers({ of: row }: { readonly of: EverydayRow }) {
  return (
    <>
      <Answer of={row.told} question="others told?" />
      <td class="number" data-question="typical">
        {row.typical}
      </td>
      <td class="number" data-question="slowest">
        {row.slowest}
      </td>
      <td class="number" data-question="allowed">
        {row.allowed}
      </td>
      <Answer of={row.once} question="once?" />
      <Answer of={row.named} question="right name?" />
    </>
  );
}

function Answer({ of: { kind, word }, question }: { readonly of: EverydayCell; readonly question: string }) {
  return (
    <td class={`answer ${kind}`} data-question={question}>
      {word}
    </td>
  );
}
