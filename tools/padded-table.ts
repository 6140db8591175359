/** Renders a Markdown table in the formatter's style. The first row is the header. */
export function paddedTable(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (cells: readonly string[], fill: string) =>
    `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width, fill)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [line(head, " "), line([], "-"), ...body.map((row) => line(row, " "))];
}
