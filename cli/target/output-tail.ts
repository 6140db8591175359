import { stripVTControlCharacters } from "node:util";

/** Bytes of output to keep. */
const keptBytes = 4_096;

/** The last lines of a process's output. */
export class OutputTail {
  #written = Buffer.alloc(0);
  #isCut = false;

  add(piece: Buffer): void {
    const all = Buffer.concat([this.#written, piece]);
    this.#isCut ||= all.length > keptBytes;
    this.#written = all.subarray(-keptBytes);
  }

  /** Returns the lines without control characters and without empty lines. */
  get lines(): string[] {
    const text = stripVTControlCharacters(this.#written.toString()).replace(/[^\P{Cc}\n\t]/gu, "");
    const lines = text.split("\n").slice(this.#isCut ? 1 : 0);
    return lines.filter((line) => line.trim() !== "");
  }

  /** Returns the lines for the end of a message. */
  get inWords(): string {
    const { lines } = this;
    return lines.length === 0
      ? "\nIt wrote nothing."
      : `\nThe last that it wrote:${lines.map((line) => `\n  ${line}`).join("")}`;
  }
}
