import type { VerdictKind } from "../../harness/judge/verdict.ts";
import { wrapped } from "./wrap.ts";

/** Line that may wrap. Its continuation is indented below the text, not below the label. */
export interface SummaryLine {
  readonly indent: number;
  readonly label?: string;
  /** Verdict that colors the label. */
  readonly kind?: VerdictKind;
  readonly text: string;
  /** Code does not wrap. */
  readonly isCode?: boolean;
}

export type Paragraph = readonly SummaryLine[];

/** Renders a paragraph for a terminal. */
export function layOut(
  lines: Paragraph,
  columns: number,
  paint: (kind: VerdictKind, text: string) => string,
): string {
  return lines
    .flatMap(({ indent, label = "", kind, text, isCode = false }) => {
      const [first = "", ...rest] = isCode ? [text] : wrapped(text, columns - indent - label.length);
      const head = " ".repeat(indent) + (kind === undefined ? label : paint(kind, label)) + first;
      return [head.trimEnd(), ...rest.map((line) => " ".repeat(indent + label.length) + line)];
    })
    .join("\n");
}
