/** @jsxRuntime automatic @jsxImportSource preact */
import type { CaseRecord } from "../../../harness/judge/record.ts";
import { sequenceOf, sequenceWords, type Sequence as Drawn } from "../../sequence/sequence.ts";
import { fitted } from "../../words/fit.ts";
import { count, countOf } from "../../words/text.ts";
import { timelineAnchor } from "../anchor.ts";
import {
  bottomOf,
  layoutOf,
  lineOf,
  placesOf,
  stretchesOf,
  timeRight,
  type DiagramLayout,
  type LanePlace,
} from "./layout.ts";
import { RowDrawing } from "./row.tsx";

/** Width of a name above its lifeline, in pixels. */
const nameWidth = 116;

/** Diagram of a case: lifelines, messages, the fault, its witness, and the window of the leave. */
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

interface Area {
  readonly places: readonly LanePlace[];
  readonly width: number;
}

/** Band of the window in which the leave was due. */
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
  readonly places: readonly LanePlace[];
  readonly height: number;
  readonly layout: DiagramLayout;
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
