import type { Axes } from "../../harness/judge/judged-case.ts";
import { groupBy } from "../../reports/read/record-queries.ts";
import { wrapped } from "../../reports/words/wrap.ts";
import type { Listing } from "./listing.ts";

/** Combination of a scenario's axes: the tier that contains it, or the reason why none does. */
interface ListingCell {
  readonly scenario: string;
  readonly axes: Axes;
  readonly mark: "quick" | "full" | { readonly reason: string };
}

const signs = { quick: "●", full: "○", absent: " " } as const;

/** Joins words that must stay on one line. */
const tie = "\u00a0";

/**
 * Renders every combination of every scenario's axes. With two or more axes, scenarios are rows, transports are
 * columns, and phases are signs within a column, so that a table fits a terminal. Reasons for missing cases follow at
 * the end, each once.
 * @param columns width of prose, at least 40; tables may be wider
 */
export function renderGrid(listing: Listing, columns: number): string {
  const footnotes = new Footnotes();
  const cells = cellsIn(listing);
  const having = (least: number, most: number) =>
    cells.filter(({ axes }) => {
      const count = Object.keys(axes).length;
      return count >= least && count <= most;
    });
  const axesOf = ({ axes }: ListingCell) => Object.keys(axes).sort().join(" ");
  const tables = [...groupBy(having(2, Infinity), axesOf).values()];
  const parts = [
    ...tables.sort((one, other) => other.length - one.length).map((own) => renderTable(own, footnotes)),
    ...renderLists(having(1, 1), footnotes, columns),
    ...renderSingles(having(0, 0), footnotes, columns),
  ];
  const legend = [
    `${signs.quick} in the quick tier and in the full one   ${signs.full} in the full tier`,
    ...(footnotes.isEmpty ? [] : ["a letter: not asked, and why, at the end"]),
  ];
  return [legend.join("   "), ...parts, ...footnotes.render(columns)].join("\n\n");
}

function cellsIn({ cases, impossible }: Listing): ListingCell[] {
  return [
    ...cases.map(({ scenario, axes, tiers, unmet }): ListingCell => {
      const mark = unmet === undefined ? (tiers.includes("quick") ? "quick" : "full") : { reason: unmet };
      return { scenario, axes, mark };
    }),
    ...impossible.map(({ scenario, axes, reason }): ListingCell => ({ scenario, axes, mark: { reason } })),
  ];
}

/** Renders scenarios that share two or more axes. */
function renderTable(cells: readonly ListingCell[], footnotes: Footnotes): string {
  const names = Object.keys(cells[0]?.axes ?? {});
  const across = names.find((name) => name === "transport") ?? names[0] ?? "";
  const others = names.filter((name) => name !== across);
  const within = others.find((name) => name === "phase") ?? others[0] ?? "";
  const columns = valuesOf(cells, across);
  const inner = valuesOf(cells, within);
  const rows = groupBy(cells, ({ scenario, axes }) => {
    const rest = Object.entries(axes).filter(([axis]) => axis !== across && axis !== within);
    return [scenario, ...rest.map(([axis, value]) => `${axis}=${value}`)].join(" ");
  });
  const labelWidth = Math.max(...[...rows.keys()].map((label) => label.length));
  const line = (label: string, parts: readonly string[]) => {
    const width = (place: number) => Math.max(columns[place]?.length ?? 0, inner.length);
    const padded = parts.map((part, place) => part.padEnd(width(place)));
    return [label.padEnd(labelWidth), ...padded].join("  ").trimEnd();
  };
  const signsOf = (row: readonly ListingCell[], column: string) =>
    inner.map((value) => {
      const cell = row.find(({ axes }) => axes[across] === column && axes[within] === value);
      return cell === undefined ? signs.absent : signOf(cell, footnotes);
    });
  return [
    `By ${across}; within each by ${within}: ${inner.map((value, place) => `${place + 1} ${value}`).join(", ")}`,
    "",
    line("", columns),
    line("", Array(columns.length).fill(inner.map((_, place) => place + 1).join(""))),
    ...[...rows].map(([label, row]) =>
      line(
        label,
        columns.map((column) => signsOf(row, column).join("")),
      ),
    ),
  ].join("\n");
}

const valuesOf = (cells: readonly ListingCell[], axis: string): string[] => [
  ...new Set(cells.map(({ axes }) => axes[axis] ?? "")),
];

/** Renders scenarios with one axis, one line each. */
function renderLists(cells: readonly ListingCell[], footnotes: Footnotes, columns: number): string[] {
  const lines = [...groupBy(cells, ({ scenario }) => scenario)].flatMap(([scenario, own]) => {
    const [axis = ""] = Object.keys(own[0]?.axes ?? {});
    const values = own.map((cell) => item(cell, cell.axes[axis] ?? "", footnotes));
    return hanging(`${scenario}, by ${axis}:`, values.join(" "), columns);
  });
  return lines.length === 0 ? [] : [["By one axis", "", ...lines].join("\n")];
}

/** Renders scenarios without axes. */
function renderSingles(cells: readonly ListingCell[], footnotes: Footnotes, columns: number): string[] {
  if (cells.length === 0) return [];
  const items = cells.map((cell) => item(cell, cell.scenario, footnotes));
  return [["In one way", "", ...untied(wrapped(items.join(" "), columns))].join("\n")];
}

const item = (cell: ListingCell, name: string, footnotes: Footnotes): string =>
  `${signOf(cell, footnotes)}${tie}${name}${tie}`;

const signOf = ({ mark }: ListingCell, footnotes: Footnotes): string =>
  typeof mark === "string" ? signs[mark] : footnotes.letterOf(mark.reason);

/** Renders a label and a text. Further lines are indented below the text. */
function hanging(label: string, text: string, columns: number): string[] {
  const [first = "", ...rest] = untied(wrapped(text, Math.max(20, columns - label.length - 1)));
  return [`${label} ${first}`, ...rest.map((line) => `${" ".repeat(label.length)} ${line}`)];
}

const untied = (lines: readonly string[]): string[] =>
  lines.map((line) => line.replaceAll(tie, " ").trimEnd());

/** Reasons, each with a letter in order of first use. */
class Footnotes {
  readonly #letters = new Map<string, string>();

  get isEmpty(): boolean {
    return this.#letters.size === 0;
  }

  letterOf(reason: string): string {
    const free = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".charAt(this.#letters.size);
    const letter = this.#letters.get(reason) ?? (free === "" ? "*" : free);
    this.#letters.set(reason, letter);
    return letter;
  }

  render(columns: number): string[] {
    if (this.isEmpty) return [];
    const lines = [...this.#letters].flatMap(([reason, letter]) => hanging(`  ${letter} `, reason, columns));
    return [["Not asked", "", ...lines].join("\n")];
  }
}
