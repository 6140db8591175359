/** @jsxRuntime automatic @jsxImportSource preact */
import type { Phase } from "../../harness/history/phase.ts";
import type { RunRecord } from "../../harness/judge/record.ts";
import type { VerdictKind } from "../../harness/judge/verdict.ts";
import { verdictSign, verdictWord } from "../read/record-queries.ts";
import { gridOf, cellKey, type GridColumns, type GridRow, type GridCell } from "../read/grid.ts";
import { countOf, plain } from "../words/text.ts";
import { caseAnchor } from "./anchor.ts";
import { Code } from "./cases/value.tsx";

/** Maximum number of scenarios and transports in the table. */
const rowsMax = 80;
const groupsMax = 12;

/** Table of results by scenario, transport and phase. */
export function ResultGridTable({ record }: { readonly record: RunRecord }) {
  const grid = gridOf(record.cases);
  const groups = grid.groups.slice(0, groupsMax);
  return (
    <>
      <p class="aside">
        Scenarios by transport and by how far the session had come when its end began. Each square is the
        worst of its cases, and leads there.
      </p>
      <Legend />
      {groups.some(({ phases }) => phases.length > 0) ? <PhaseKey /> : null}
      <div class="scroll" tabIndex={0} role="group" aria-label="Map, scrolls sideways">
        <table class="heat">
          <Head groups={groups} />
          <tbody>
            {grid.rows.slice(0, rowsMax).map((row) => (
              <Row of={row} groups={groups} />
            ))}
          </tbody>
        </table>
      </div>
      {grid.rows.length > rowsMax ? (
        <p class="aside">{countOf(grid.rows.length - rowsMax, "further scenario")} not shown.</p>
      ) : null}
    </>
  );
}

function Head({ groups }: { readonly groups: readonly GridColumns[] }) {
  return (
    <thead>
      <tr>
        <th scope="col" rowSpan={2}>
          scenario
        </th>
        {groups.map(({ transport, phases }) =>
          phases.length === 0 ? (
            <th scope="col" rowSpan={2} class="upright begins">
              <div>
                <Code of={transport} max={24} />
              </div>
            </th>
          ) : (
            <th scope="colgroup" colSpan={phases.length} class="begins">
              <Code of={transport} max={24} />
            </th>
          ),
        )}
      </tr>
      <tr>
        {groups.flatMap(({ phases }) =>
          phases.map((phase, place) => (
            <th scope="col" class={place === 0 ? "upright begins" : "upright"}>
              <div>{phase}</div>
            </th>
          )),
        )}
      </tr>
    </thead>
  );
}

function Row({ of: row, groups }: { readonly of: GridRow; readonly groups: readonly GridColumns[] }) {
  return (
    <tr>
      <th scope="row">
        <Code of={row.scenario} max={48} />
      </th>
      {groups.map(({ transport, phases }) =>
        row.phased && phases.length > 0 ? (
          phases.map((phase, place) => (
            <td class={place === 0 ? "begins" : undefined}>
              <Square of={row.cells.get(cellKey(transport, phase))} row={row} at={`${transport}, ${phase}`} />
            </td>
          ))
        ) : (
          <td class="begins" colSpan={Math.max(1, phases.length)}>
            <Square of={row.cells.get(cellKey(transport))} row={row} at={transport} />
          </td>
        ),
      )}
    </tr>
  );
}

function Square(props: { readonly of: GridCell | undefined; readonly row: GridRow; readonly at: string }) {
  const { of: cell, row, at } = props;
  if (cell === undefined) return <i />;
  const more = cell.cases > 1 ? `, the worst of ${countOf(cell.cases, "case")}` : "";
  return (
    <a
      class={cell.kind}
      href={`#${caseAnchor(cell.worst)}`}
      aria-label={`${plain(row.scenario, 60)}, ${plain(at, 60)}: ${verdictWord[cell.kind]}${more}`}
    >
      {verdictSign[cell.kind]}
    </a>
  );
}

const kinds: readonly VerdictKind[] = ["pass", "fail", "inconclusive", "not-applicable"];

function Legend() {
  return (
    <ul class="key heat">
      {kinds.map((kind) => (
        <li>
          <b class={kind}>{verdictSign[kind]}</b> {verdictWord[kind]}
        </li>
      ))}
      <li>
        <i /> no such case
      </li>
    </ul>
  );
}

/** Point in a session's life at which each phase begins, as `harness/history/phase.ts` defines it. */
const phaseWords: Readonly<Record<Phase, string>> = {
  opened: "its transport is open, CONNECT not sent",
  connected: "it has CONNECTED, and is not subscribed",
  subscribed: "it is subscribed, and has not identified",
  identifying: "its identify message is on its way",
  identified: "the others have its join",
  hearing: "the same, while the leave of another client is on its way",
  disconnected: "it has sent DISCONNECT",
};

function PhaseKey() {
  return (
    <p class="aside">
      Phases, when the end of a client begins:{" "}
      {Object.entries(phaseWords).map(([phase, words], place) => (
        <>
          {place === 0 ? "" : "; "}
          <b>{phase}</b>: {words}
        </>
      ))}
      .
    </p>
  );
}
