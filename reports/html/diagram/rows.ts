import type { Sequence, SequenceRow } from "../../sequence/sequence.ts";

/** Row of a diagram with the lifelines of those who are gone meanwhile. */
export interface DrawnRow {
  readonly row: SequenceRow;
  /** True inside the window in which the leave was due. */
  readonly isDue: boolean;
  /** Lanes of the actors that are gone. */
  readonly gone: readonly number[];
  /** Name of the lifeline beyond the edge of a narrow screen, if the row belongs to one. */
  readonly beyond: string | undefined;
}

/** Returns the rows of a diagram, each with all that is drawn in it, because rows are as high as their words. */
export function drawnRows({ rows, lanes, absences }: Sequence): readonly DrawnRow[] {
  const opens = rows.findIndex(({ shape }) => shape === "opens");
  const closes = rows.findIndex(({ shape }) => shape === "closes");
  return rows.map((row, place) => ({
    row,
    isDue: opens >= 0 && place >= opens && place <= closes,
    gone: [...new Set(absences.flatMap(({ lane, from, to }) => (place > from && place < to ? [lane] : [])))],
    beyond: lanesOf(row).flatMap((lane) => (lanes[lane]?.extra === true ? [lanes[lane].name] : []))[0],
  }));
}

const lanesOf = (row: SequenceRow): readonly number[] =>
  "from" in row ? [row.from, row.to].filter((lane) => lane !== null) : [];
