/** @jsxRuntime automatic @jsxImportSource preact */
import type { Happening } from "../../sequence/sequence.ts";
import { visible } from "../../words/text.ts";
import type { DrawnRow } from "./rows.ts";

/** Row of a diagram: an arrow, an event on a lifeline, a break, or an edge of the window. */
export function Row({ of: drawn, lanes }: { readonly of: DrawnRow; readonly lanes: number }) {
  const { row, gone } = drawn;
  const isEvidence = "mark" in row && row.mark === "evidence";
  return (
    <li class={classesOf(drawn)}>
      <span class="time">
        {row.shape === "break" ? "⋮" : row.atMs.toFixed(1)}
        {isEvidence ? <b>evidence</b> : null}
      </span>
      <div class="track">
        {gone.map((lane) => (
          <i class={placed("gone", lane)} />
        ))}
        <Content of={drawn} lanes={lanes} />
      </div>
    </li>
  );
}

function classesOf({ row, isDue, beyond }: DrawnRow): string {
  const marks = "mark" in row ? [row.mark, row.role].filter((one) => one !== "none") : [];
  const isExtra = beyond !== undefined && !marks.includes("evidence");
  return [...new Set([row.shape, ...marks, ...(isDue ? ["due"] : []), ...(isExtra ? ["extra"] : [])])].join(
    " ",
  );
}

/** Returns the classes of an element on a lane. The style sheet knows where lanes are, because the page's policy admits no style attributes. */
const placed = (name: string, lane: number): string => `${name} at-${lane}`;

const shaftOf = (from: number, to: number): string =>
  placed(`shaft over-${Math.abs(to - from)} ${to > from ? "forth" : "back"}`, Math.min(from, to));

function Content({ of: { row, beyond }, lanes }: { readonly of: DrawnRow; readonly lanes: number }) {
  switch (row.shape) {
    case "break":
      return <span class="label">{row.label} later</span>;
    case "opens":
    case "closes":
      return <span class="label">{visible(row.label)}</span>;
    case "arrow":
    case "point":
      return <HappeningContent of={row} beyond={beyond} lanes={lanes} />;
  }
}

interface HappeningProps {
  readonly of: Happening;
  readonly beyond: string | undefined;
  readonly lanes: number;
}

function HappeningContent({ of: { from, to, label, role }, beyond, lanes }: HappeningProps) {
  const words = (
    <bdi>
      {beyond === undefined ? null : <span class="beyond">{visible(beyond)}: </span>}
      {label}
    </bdi>
  );
  if (from === null || to === null) return <span class="label all">{words}</span>;
  if (from === to)
    return (
      <>
        <i class={placed(role === "fault" || role === "witness" ? "diamond" : "spot", from)} />
        <span class={placed(2 * from + 1 > lanes ? "label before" : "label after", from)}>{words}</span>
      </>
    );
  return (
    <>
      <span class={placed("label above", Math.min(from, to))}>{words}</span>
      <i class={shaftOf(from, to)} />
    </>
  );
}
