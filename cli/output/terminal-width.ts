import { wrapped } from "../../reports/words/wrap.ts";

/** Width of text that does not go to a terminal, in columns. */
const plainColumns = 80;

/** Returns the width of a stream in columns: the terminal's, from 40 to 120, or 80 without a terminal. */
export const columnsOf = ({ isTTY, columns }: Pick<NodeJS.WriteStream, "isTTY" | "columns">): number =>
  // A terminal that does not know its width has 0 columns.
  isTTY && columns > 0 ? Math.min(120, Math.max(40, columns)) : plainColumns;

/** Wraps a text for a stream. Its own line breaks stay. */
export const wrappedFor = (stream: Pick<NodeJS.WriteStream, "isTTY" | "columns">, text: string): string =>
  text
    .split("\n")
    .flatMap((line) => wrapped(line, columnsOf(stream)))
    .join("\n");

/** Output of a command's progress: standard error, or that of a program that calls hangup. */
export type ProgressStream = Pick<NodeJS.WriteStream, "isTTY" | "columns"> & NodeJS.WritableStream;

/** Prints a text about the progress of a command, wrapped. */
export const tellProgress = (words: string, stream: ProgressStream): void =>
  void stream.write(`${wrappedFor(stream, words)}\n`);

/** Returns the width of standard output in columns. */
export const terminalColumns = (): number => columnsOf(process.stdout);

/** Puts a text behind a label and wraps it for standard output. Its other lines are indented below the text. Line breaks stay. */
export function textAfter(label: string, text: string): string {
  const columns = terminalColumns() - label.length;
  const lines = text.split("\n").flatMap((one) => wrapped(one, columns));
  return lines.map((one, place) => (place === 0 ? label : " ".repeat(label.length)) + one).join("\n");
}
