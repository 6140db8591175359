import { othersTold } from "../../harness/util/ending-words.ts";
import type { VerdictKind } from "../../harness/judge/verdict.ts";
import { wrapped } from "../words/wrap.ts";
import { tableNotes } from "./notes.ts";
import type { EverydayRow } from "./table.ts";

/** Colors a text by a verdict; returns it unchanged without colors. */
type Paint = (kind: VerdictKind, text: string) => string;

interface TableColumn {
  readonly title: string;
  /** Title for narrow terminals. */
  readonly short: string;
  readonly right?: boolean;
  readonly text: (row: EverydayRow) => string;
  readonly kind?: (row: EverydayRow) => VerdictKind;
}

const columns: readonly TableColumn[] = [
  { title: "A client ...", short: "A client ...", text: ({ does }) => does },
  {
    ...{ title: othersTold, short: "told?" },
    text: ({ told }) => told.word,
    kind: ({ told }) => told.kind,
  },
  { title: "typical", short: "typical", right: true, text: ({ typical }) => typical },
  { title: "slowest", short: "slowest", right: true, text: ({ slowest }) => slowest },
  { title: "allowed", short: "allowed", right: true, text: ({ allowed }) => allowed },
  { title: "once?", short: "once?", text: ({ once }) => once.word, kind: ({ once }) => once.kind },
  {
    ...{ title: "right name?", short: "name?" },
    text: ({ named }) => named.word,
    kind: ({ named }) => named.kind,
  },
];

const gap = "  ";

/**
 * Renders the table of everyday endings for a terminal. Remarks follow the row if they fit, and get their own lines
 * otherwise. A terminal narrower than the table gets a list.
 * @param width columns of the terminal, at least 40
 */
export function everydayTable(rows: readonly EverydayRow[], width: number, paint: Paint): string {
  const layouts = [columns.map(({ title }) => title), columns.map(({ short }) => short)];
  const titles = layouts.find((one) => totalOf(widthsOf(one, rows)) <= width);
  const lines =
    titles === undefined
      ? rows.flatMap((row) => asList(row, width, paint))
      : asTable(rows, titles, { width, paint });
  return [...lines, ...tableNotes(rows).flatMap((note) => wrapped(note.replaceAll("`", ""), width))].join(
    "\n",
  );
}

const widthsOf = (titles: readonly string[], rows: readonly EverydayRow[]): number[] =>
  columns.map(({ text }, place) =>
    Math.max(titles[place]?.length ?? 0, ...rows.map((row) => labelled(row, place, text(row)).length)),
  );

const totalOf = (widths: readonly number[]): number =>
  widths.reduce((sum, one) => sum + one, gap.length * (widths.length - 1));

/** Puts the label of a row without judged cases in brackets, which show without colors. */
const labelled = ({ kind }: EverydayRow, place: number, text: string): string =>
  place === 0 && kind === "not-applicable" ? `(${text})` : text;

interface TableLayout {
  readonly width: number;
  readonly paint: Paint;
}

function asTable(
  rows: readonly EverydayRow[],
  titles: readonly string[],
  { width, paint }: TableLayout,
): string[] {
  const widths = widthsOf(titles, rows);
  const fit = (text: string, place: number) =>
    columns[place]?.right === true ? text.padStart(widths[place] ?? 0) : text.padEnd(widths[place] ?? 0);
  const head = titles.map(fit).join(gap).trimEnd();
  const body = rows.flatMap((row) => {
    const grey = row.kind === "not-applicable";
    const cells = columns.map(({ text, kind }, place) => {
      const padded = fit(labelled(row, place, text(row)), place);
      return kind === undefined ? padded : paint(kind(row), padded);
    });
    const remarks = row.remarks.join("; ");
    if (grey)
      return beside(
        paint("not-applicable", fit(labelled(row, 0, row.does), 0)),
        widths[0] ?? 0,
        remarks,
        width,
      );
    return beside(cells.join(gap), totalOf(widths), remarks, width);
  });
  return [head, ...body];
}

/** Puts remarks behind a text, or below it if they do not fit. */
function beside(text: string, length: number, remarks: string, width: number): string[] {
  if (remarks === "") return [text.trimEnd()];
  if (length + gap.length + remarks.length <= width) return [`${text}${gap}${remarks}`];
  const indent = "    ";
  return [text.trimEnd(), ...wrapped(remarks, width - indent.length).map((line) => `${indent}${line}`)];
}

function asList(row: EverydayRow, width: number, paint: Paint): string[] {
  const [, ...answers] = columns;
  const words = answers.map(({ short, text }) => `${short} ${text(row)}`).join(", ");
  const says = row.kind === "not-applicable" ? row.remarks : [words, ...row.remarks];
  return [
    paint(row.kind, `A client ${row.does}`),
    ...wrapped(says.join("; "), width - gap.length).map((line) => `${gap}${line}`),
  ];
}
