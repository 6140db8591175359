/** Width of text that does not go to a terminal, in columns. */
const plainColumns = 100;

/** Returns the width of standard output in columns: the terminal's, from 60 to 120, or 100 without a terminal. */
export const terminalColumns = (): number =>
  process.stdout.isTTY ? Math.min(120, Math.max(60, process.stdout.columns)) : plainColumns;
