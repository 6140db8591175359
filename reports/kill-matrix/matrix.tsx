/** @jsxRuntime automatic @jsxImportSource preact */
import { mutantAnchor } from "../html/anchor.ts";
import { Code, Value } from "../html/cases/value.tsx";
import { Sign } from "../html/cases/verdict.tsx";
import { count, countOf, plain } from "../words/text.ts";
import { cellAnchor } from "./anchor.ts";
import { columnsOf, rowOf, type Cell, type CellKind, type Row } from "./cells.ts";
import { columnKey, type Column, type KillMatrix } from "./record.ts";
import { andMore, stateKind } from "./words.ts";

const signOf: Readonly<Record<CellKind, string>> = {
  expected: "\u25CF",
  also: "\u25CB",
  unexpected: "!",
  passed: "\u00B7",
  open: "?",
};

const wordOf: Readonly<Record<CellKind, string>> = {
  expected: "killed, as it is said to break this",
  also: "killed, as this is said to suffer too",
  unexpected: "failed, which nobody said",
  passed: "passed",
  open: "came to no verdict that counts",
};

/** Mutants by checks: which finds which out. */
export function Matrix({ matrix }: { readonly matrix: KillMatrix }) {
  const columns = columnsOf(matrix);
  const rows = matrix.mutants.map(rowOf);
  if (columns.length === 0) return <p class="aside">No check judged any mutant.</p>;
  return (
    <>
      <Legend />
      <div class="matrix" tabIndex={0} role="region" aria-label="Mutants by checks">
        <table>
          <thead>
            <tr>
              <th scope="col">mutant</th>
              {columns.map((column, place) => (
                <th scope="col" class={beginsGroup(columns, place)}>
                  <div>
                    <Code of={column.requirement} max={48} />
                    <small>
                      <Value of={column.check} max={48} />
                    </small>
                  </div>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <MatrixRow of={row} columns={columns} />
            ))}
          </tbody>
          <Killed rows={rows} columns={columns} />
        </table>
      </div>
    </>
  );
}

interface RowProps {
  readonly of: Row;
  readonly columns: readonly Column[];
}

function MatrixRow({ of: { mutant, cells }, columns }: RowProps) {
  return (
    <tr>
      <th scope="row">
        <Sign of={stateKind[mutant.state]} />{" "}
        <a href={`#${mutantAnchor(mutant.name)}`} title={plain(mutant.description, 300)}>
          <Code of={mutant.name} max={48} />
        </a>
      </th>
      {columns.map((column, place) => {
        const cell = cells.get(columnKey(column));
        const begins = beginsGroup(columns, place);
        if (cell === undefined) return <td class={begins} />;
        return (
          <td class={begins === undefined ? cell.kind : `${cell.kind} ${begins}`}>
            {cell.findings.length === 0 ? (
              <span title={`${plain(mutant.name, 80)}: ${titleOf(cell)}`}>{signOf[cell.kind]}</span>
            ) : (
              <a href={`#${cellAnchor(mutant, column)}`} title={titleOf(cell)}>
                {signOf[cell.kind]}
              </a>
            )}
          </td>
        );
      })}
    </tr>
  );
}

/** How many mutants each check kills. */
function Killed({ rows, columns }: { readonly rows: readonly Row[]; readonly columns: readonly Column[] }) {
  return (
    <tfoot>
      <tr>
        <th scope="row">mutants killed</th>
        {columns.map((column, place) => {
          const killed = rows.filter(({ cells }) => {
            const kind = cells.get(columnKey(column))?.kind;
            return kind === "expected" || kind === "also";
          }).length;
          const begins = beginsGroup(columns, place) ?? "";
          return <td class={killed === 0 ? `${begins} fail` : begins}>{count(killed)}</td>;
        })}
      </tr>
    </tfoot>
  );
}

function Legend() {
  return (
    <ul class="legend">
      {(Object.keys(signOf) as CellKind[]).map((kind) => (
        <li>
          <b class={kind}>{signOf[kind]}</b> {wordOf[kind]}
        </li>
      ))}
      <li>
        <b /> not asked
      </li>
    </ul>
  );
}

/** Where another requirement than to the left begins. */
function beginsGroup(columns: readonly Column[], place: number): string | undefined {
  return columns[place]?.requirement === columns[place - 1]?.requirement ? undefined : "begins";
}

function titleOf({ kind, column, findings }: Cell): string {
  const what = `${plain(column.requirement, 80)} ${plain(column.check, 80)}: ${wordOf[kind]}`;
  const [first] = findings;
  if (first === undefined) return what;
  return [
    `${what} in ${countOf(findings.length, "case")}`,
    `${plain(first.case, 160)}${andMore(findings.length - 1)}`,
    `expected: ${plain(first.expected, 300)}`,
    `seen: ${plain(first.actual, 300)}`,
  ].join("\n");
}
