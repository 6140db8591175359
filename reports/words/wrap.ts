/** Wraps a text at `columns` characters, at spaces if possible. Returns at least one line. */
export function wrapped(text: string, columns: number): readonly string[] {
  const width = Math.max(1, columns);
  const lines: string[] = [];
  let line: string[] = [];
  for (const word of text.split(" ").map((part) => Array.from(part))) {
    if (line.length > 0 && line.length + 1 + word.length <= width) {
      line.push(" ", ...word);
      continue;
    }
    if (line.length > 0) lines.push(line.join(""));
    let rest = word;
    for (; rest.length > width; rest = rest.slice(width)) lines.push(rest.slice(0, width).join(""));
    line = rest;
  }
  return line.length > 0 || lines.length === 0 ? [...lines, line.join("")] : lines;
}
