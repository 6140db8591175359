import type { Sequence, SequenceRow } from "../../sequence/sequence.ts";

/** Sizes in pixels. Text keeps its size, and wide diagrams scroll. */
export const timeRight = 58;
const firstLane = 104;
const laneGap = 150;
/** Wider gap between few lifelines, which leaves room for words. */
const wideGap = 220;
const fewLanes = 3;
const margin = 64;
const headHeight = 52;
const lifeTop = 40;
const rowHeight = 30;
const slimHeight = 22;

/** Row of a diagram with its position. */
export interface LanePlace {
  readonly row: SequenceRow;
  readonly top: number;
  readonly height: number;
}

/** Positions of the lifelines, and the resulting width. */
export interface DiagramLayout {
  readonly width: number;
  readonly x: (lane: number) => number;
}

export function layoutOf(lanes: number): DiagramLayout {
  const gap = lanes <= fewLanes ? wideGap : laneGap;
  const x = (lane: number): number => firstLane + lane * gap;
  return { x, width: x(lanes - 1) + margin };
}

export function placesOf(rows: readonly SequenceRow[]): readonly LanePlace[] {
  let top = headHeight;
  return rows.map((row) => {
    const height = row.shape === "arrow" || row.shape === "point" ? rowHeight : slimHeight;
    const place = { row, top, height };
    top += height;
    return place;
  });
}

export function bottomOf(places: readonly LanePlace[]): number {
  const last = places.at(-1);
  return last === undefined ? headHeight : last.top + last.height;
}

/** Returns the height of the arrow of a row, below its words. */
export const lineOf = ({ row, top, height }: LanePlace): number =>
  top + (row.shape === "arrow" ? height - 7 : height / 2);

/** Returns the parts of a lifeline, with the actor present or gone. */
export function stretchesOf(
  { absences }: Sequence,
  lane: number,
  places: readonly LanePlace[],
  height: number,
): readonly (readonly [top: number, bottom: number, gone: boolean])[] {
  const yOf = (row: number): number => {
    const place = places[row];
    return place === undefined ? height : lineOf(place);
  };
  let top = lifeTop;
  const stretches = absences
    .filter((absence) => absence.lane === lane)
    .flatMap(({ from, to }) => {
      const begin = Math.max(top, yOf(from));
      const end = Math.max(begin, yOf(to));
      const both = [[top, begin, false] as const, [begin, end, true] as const];
      top = end;
      return both;
    });
  return [...stretches, [top, height, false] as const].filter(([from, to]) => to > from);
}
