import type { ProfileEntry } from "./draft.ts";

/**
 * Returns a profile file: JSON, or a program with a comment for each entry.
 * @param base module with the rest of the profile, which a program imports: its address, and its other exports to pass on
 */
export function profileText(
  entries: readonly ProfileEntry[],
  unknown: readonly string[],
  kind: "json" | "program",
  base?: BaseModule,
): string {
  const profile = Object.fromEntries(entries.map(({ key, value }) => [key, value]));
  if (kind === "json") return `${JSON.stringify(profile, null, 2)}\n`;
  const open =
    unknown.length === 0
      ? []
      : ["//", "// Not learned:", ...unknown.flatMap((one) => comment(`- ${one}`, ""))];
  return [
    "// How this server is reached, how a client says who it is, and how others are told who left. Every other key of a",
    "// profile has its default: see docs/profile.md of hangup.",
    ...open,
    ...(base === undefined ? [] : baseLines(base)),
    "export default {",
    ...(base === undefined ? [] : ["  ...given,"]),
    ...entryLines(entries),
    "};",
    "",
  ].join("\n");
}

export interface BaseModule {
  readonly address: string;
  readonly exports: readonly string[];
}

// `export *` fails in a CommonJS folder: the TypeScript loader does not find the file.
const baseLines = ({ address, exports: names }: BaseModule): string[] => {
  const from = JSON.stringify(address);
  const others = names.join(", ");
  return names.length === 0
    ? ["", `import given from ${from};`, ""]
    : ["", `import given, { ${others} } from ${from};`, "", `export { ${others} };`, ""];
};

/** Returns the entries as lines of an object, each with its comment. */
export const entryLines = (entries: readonly ProfileEntry[]): string[] =>
  entries.flatMap(({ key, value, why }) => [
    ...comment(`${why[0]?.toUpperCase() ?? ""}${why.slice(1)}.`, "  "),
    `  ${key}: ${literal(value).replaceAll("\n", "\n  ")},`,
  ]);

const widthMax = 110;

/** Returns text as comment lines that can not end the comment early. */
function comment(words: string, indent: string): string[] {
  const lines: string[] = [];
  for (const word of words.replace(/\s+/g, " ").split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= widthMax)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${indent}// ${word}`);
  }
  return lines;
}

/** Returns JSON with unquoted keys where possible. */
const literal = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(/^(\s*)"([A-Za-z_]\w*)":/gm, "$1$2:");
