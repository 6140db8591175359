/** @jsxRuntime automatic @jsxImportSource preact */
import type { CaseRecord } from "../../../harness/judge/record.ts";
import { sequenceOf, sequenceWords, type Sequence as Drawn } from "../../sequence/sequence.ts";
import { count, countOf, show } from "../../words/text.ts";
import { timelineAnchor } from "../anchor.ts";
import { Row } from "./row.tsx";
import { drawnRows } from "./rows.ts";

/** Number of listeners that the caption names. */
const alikeNamed = 4;

/**
 * Diagram of a case: its story, lifelines, messages, the fault, its witness, and the window of the leave. It is a list
 * of rows that wrap, and fits any width. On a narrow screen it shows one listener.
 */
export function Sequence({ of: run }: { readonly of: CaseRecord }) {
  const drawn = sequenceOf(run);
  if (drawn === null) return null;
  const { story, lanes } = drawn;
  return (
    <figure class="sequence" aria-details={timelineAnchor(run)}>
      {story === undefined ? null : (
        <p class="story">
          <bdi>{story}</bdi>
        </p>
      )}
      <div class={lanesClass(drawn)}>
        <Heads of={drawn} />
        <ol aria-label={sequenceWords(drawn)}>
          {drawnRows(drawn).map((row) => (
            <Row of={row} lanes={lanes.length} />
          ))}
        </ol>
      </div>
      <figcaption>
        {count(drawn.drawn)} of {countOf(drawn.total, "event")}, top down; the timeline has more.{" "}
        {caption(drawn)}
      </figcaption>
    </figure>
  );
}

/** Returns the classes that give the number of lifelines on a wide and on a narrow screen. */
const lanesClass = ({ lanes }: Drawn): string =>
  `lanes-${lanes.length} narrow-${lanes.filter(({ extra }) => !extra).length}`;

function Heads({ of: { lanes } }: { readonly of: Drawn }) {
  return (
    <div class="heads">
      <span class="time">ms</span>
      <div class="track">
        {lanes.map(({ name, role, extra }) => (
          <span class={extra ? "extra" : undefined}>
            <b>
              <bdi>{show(name, 40).text}</bdi>
            </b>{" "}
            <small>
              <bdi>{show(role, 40).text}</bdi>
            </small>
          </span>
        ))}
      </div>
    </div>
  );
}

function caption({ rows, alike }: Drawn): string {
  const faults = rows.some((row) => "role" in row && row.role === "fault");
  const due = rows.some(({ shape }) => shape === "opens");
  return [
    ...(faults ? ["A filled diamond is a fault, an arrow or diamond named witness its proof."] : []),
    ...(due ? ["The shaded band is when the leave was due."] : []),
    ...(faults ? ["A dotted lifeline is a session that has begun to end."] : []),
    ...(alike.length > 0 ? [alikeWords(alike)] : []),
  ].join(" ");
}

function alikeWords(alike: readonly string[]): string {
  const named = alike.slice(0, alikeNamed).map((name) => show(name, 40).text);
  const more = alike.length > named.length ? ` and ${countOf(alike.length - named.length, "other")}` : "";
  return `Not drawn, because they received the same leaves as a listener above: ${named.join(", ")}${more}.`;
}
