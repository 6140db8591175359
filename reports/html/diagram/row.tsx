/** @jsxRuntime automatic @jsxImportSource preact */
import type { Happening } from "../../sequence/sequence.ts";
import { fitted } from "../../words/fit.ts";
import { lineOf, timeRight, type DiagramLayout, type LanePlace } from "./layout.ts";

/** Row of a diagram: an arrow, an event on a lifeline, a break, or an edge of the window. */
export function RowDrawing({
  of: place,
  layout,
}: {
  readonly of: LanePlace;
  readonly layout: DiagramLayout;
}) {
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
  readonly layout: DiagramLayout;
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

/** Mark on a lifeline: a diamond for a fault or witness, a dot otherwise. Only words if it belongs to no lifeline. */
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
