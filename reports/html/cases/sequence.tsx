/** @jsxRuntime automatic @jsxImportSource preact */
import type { CaseRecord } from "../../../harness/judge/record.ts";
import {
  sequenceOf,
  sequenceWords,
  type Happening,
  type DiagramRow,
  type Sequence as Drawn,
} from "../../sequence/sequence.ts";
import { count, countOf } from "../../words/text.ts";
import { fitted } from "../../words/fit.ts";
import { timelineAnchor } from "../anchor.ts";

/** All in pixels: text keeps its size, and what has no room scrolls. */
const timeRight = 58;
const firstLane = 104;
const laneGap = 150;
/** Of few lifelines, so that words have room. */
const wideGap = 220;
const fewLanes = 3;
const margin = 64;
const nameWidth = 116;
const headHeight = 52;
const lifeTop = 40;
const rowHeight = 30;
const slimHeight = 22;

interface Place {
  readonly row: DiagramRow;
  readonly top: number;
  readonly height: number;
}

/** What happened in a case, drawn: lifelines, messages, the fault, its witness, and when the leave was due. */
export function Sequence({ of: run }: { readonly of: CaseRecord }) {
  const drawn = sequenceOf(run);
  if (drawn === null) return null;
  const places = placesOf(drawn.rows);
  const height = bottomOf(places) + 8;
  const layout = layoutOf(drawn.lanes.length);
  const { width } = layout;
  return (
    <figure class="sequence">
      <div class="scroll" tabIndex={0} role="group" aria-label="Sequence diagram, scrolls sideways">
        <svg
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label={`${sequenceWords(drawn)}. The timeline that follows tells the same in words.`}
          aria-details={timelineAnchor(run)}
        >
          <Lifelines of={drawn} places={places} height={height} layout={layout} />
          {places.map((place) => (
            <RowDrawing of={place} layout={layout} />
          ))}
          <Window places={places} width={width} />
          <Tints places={places} width={width} />
        </svg>
      </div>
      <figcaption>
        {count(drawn.drawn)} of {countOf(drawn.total, "event")}, top down in milliseconds; the timeline has
        more. {caption(drawn)}
      </figcaption>
    </figure>
  );
}

function caption({ rows }: Drawn): string {
  const faults = rows.some((row) => "role" in row && row.role === "fault");
  const due = rows.some(({ shape }) => shape === "opens");
  return [
    ...(faults ? ["A filled diamond is a fault, an arrow or diamond named witness its proof."] : []),
    ...(due ? ["The shaded band is when the leave was due."] : []),
    ...(faults ? ["A dotted lifeline is a session that has begun to end."] : []),
  ].join(" ");
}

/** Where lifelines stand, and how wide that makes the drawing. */
interface Layout {
  readonly width: number;
  readonly x: (lane: number) => number;
}

function layoutOf(lanes: number): Layout {
  const gap = lanes <= fewLanes ? wideGap : laneGap;
  const x = (lane: number): number => firstLane + lane * gap;
  return { x, width: x(lanes - 1) + margin };
}

function placesOf(rows: readonly DiagramRow[]): readonly Place[] {
  let top = headHeight;
  return rows.map((row) => {
    const height = row.shape === "arrow" || row.shape === "point" ? rowHeight : slimHeight;
    const place = { row, top, height };
    top += height;
    return place;
  });
}

function bottomOf(places: readonly Place[]): number {
  const last = places.at(-1);
  return last === undefined ? headHeight : last.top + last.height;
}

/** The line on which a row's arrow runs: below its words. */
const lineOf = ({ row, top, height }: Place): number =>
  top + (row.shape === "arrow" ? height - 7 : height / 2);

interface Area {
  readonly places: readonly Place[];
  readonly width: number;
}

/** The band of the window in which the leave was due. */
function Window({ places, width }: Area) {
  const opens = places.find(({ row }) => row.shape === "opens");
  const closes = places.find(({ row }) => row.shape === "closes");
  if (opens === undefined || closes === undefined) return null;
  const top = lineOf(opens);
  return (
    <rect class="due" x={timeRight + 6} y={top} width={width - timeRight - 6} height={lineOf(closes) - top} />
  );
}

function Tints({ places, width }: Area) {
  return (
    <>
      {places.map(({ row, top, height }) =>
        "mark" in row && row.mark === "evidence" ? (
          <rect class="tint" x="0" y={top} width={width} height={height} />
        ) : null,
      )}
    </>
  );
}

function Lifelines(props: {
  readonly of: Drawn;
  readonly places: readonly Place[];
  readonly height: number;
  readonly layout: Layout;
}) {
  const { of: drawn, places, height, layout } = props;
  return (
    <>
      {drawn.lanes.map(({ name, role }, lane) => (
        <>
          <text class="name" x={layout.x(lane)} y="16">
            {fitted(name, nameWidth)}
          </text>
          <text class="role" x={layout.x(lane)} y="32">
            {role}
          </text>
          {stretchesOf(drawn, lane, places, height).map(([top, bottom, gone]) => (
            <line
              class={gone ? "life gone" : "life"}
              x1={layout.x(lane)}
              x2={layout.x(lane)}
              y1={top}
              y2={bottom}
            />
          ))}
        </>
      ))}
    </>
  );
}

/** A lifeline's stretches, from where to where, and whether its actor is gone meanwhile. */
function stretchesOf(
  { absences }: Drawn,
  lane: number,
  places: readonly Place[],
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

function RowDrawing({ of: place, layout }: { readonly of: Place; readonly layout: Layout }) {
  const { row } = place;
  const { width } = layout;
  const y = lineOf(place);
  switch (row.shape) {
    case "break":
      return (
        <>
          <path class="break" d={`M${timeRight - 30} ${y - 3}l6 6 6-6 6 6 6-6 6 6`} />
          <text class="aside" x={timeRight + 12} y={y + 4}>
            {row.label} later
          </text>
        </>
      );
    case "opens":
    case "closes":
      return (
        <>
          <line class="edge" x1={timeRight + 6} x2={width} y1={y} y2={y} />
          <Time atMs={row.atMs} y={y + 4} />
          <text class="edge" x={timeRight + 12} y={row.shape === "opens" ? y - 3 : y + 12}>
            {fitted(row.label, width - timeRight - 12)}
          </text>
        </>
      );
    case "arrow":
    case "point":
      return <HappeningDrawing of={row} y={y} layout={layout} top={place.top} />;
  }
}

function Time({ atMs, y }: { readonly atMs: number; readonly y: number }) {
  return (
    <text class="time" x={timeRight} y={y}>
      {fitted(atMs.toFixed(1), timeRight)}
    </text>
  );
}

function classOf({ mark, role }: Happening): string | undefined {
  const classes = [...new Set([mark, role])].filter((one) => one !== "none");
  return classes.length === 0 ? undefined : classes.join(" ");
}

function HappeningDrawing(props: {
  readonly of: Happening;
  readonly y: number;
  readonly top: number;
  readonly layout: Layout;
}) {
  const { of: row, y, top, layout } = props;
  const { width } = layout;
  return (
    <g class={classOf(row)}>
      <Time atMs={row.atMs} y={top + (row.mark === "evidence" ? 14 : 17)} />
      {row.mark === "evidence" ? (
        <text class="word" x={timeRight} y={top + 25}>
          evidence
        </text>
      ) : null}
      {row.from !== null && row.to !== null && row.from !== row.to ? (
        <Arrow from={layout.x(row.from)} to={layout.x(row.to)} y={y} label={row.label} width={width} />
      ) : (
        <Point
          at={row.from === null ? null : layout.x(row.from)}
          y={y}
          role={row.role}
          label={row.label}
          width={width}
        />
      )}
    </g>
  );
}

function Arrow(props: {
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly label: string;
  readonly width: number;
}) {
  const { from, to, y, label, width } = props;
  const back = to > from ? -7 : 7;
  const left = Math.min(from, to) + 10;
  return (
    <>
      <path class="arrow" d={`M${from} ${y}H${to}m${back}-4l${-back} 4 ${back} 4`} />
      <text x={left} y={y - 6}>
        {fitted(label, width - left - 4)}
      </text>
    </>
  );
}

/** Something at one lifeline: a diamond for a fault and its witness, a dot for the rest. Without a lifeline, words alone. */
function Point(props: {
  readonly at: number | null;
  readonly y: number;
  readonly role: Happening["role"];
  readonly label: string;
  readonly width: number;
}) {
  const { at, y, role, label, width } = props;
  if (at === null)
    return (
      <text class="all" x={timeRight + 12} y={y + 4}>
        {fitted(label, width - timeRight - 12)}
      </text>
    );
  const toLeft = at > width / 2;
  return (
    <>
      {role === "fault" || role === "witness" ? (
        <path class="diamond" d={`M${at - 7} ${y}l7-7 7 7-7 7z`} />
      ) : (
        <circle class="spot" cx={at} cy={y} r="4" />
      )}
      <text class={toLeft ? "before" : undefined} x={toLeft ? at - 13 : at + 13} y={y + 4}>
        {fitted(label, (toLeft ? at - timeRight : width - at) - 16)}
      </text>
    </>
  );
}
