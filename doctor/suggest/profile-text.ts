import type { ProfileEntry } from "./draft.ts";

/** Returns a profile file: JSON, or a program with a comment for each entry. */
export function profileText(
  entries: readonly ProfileEntry[],
  unknown: readonly string[],
  kind: "json" | "program",
): string {
  const profile = Object.fromEntries(entries.map(({ key, value }) => [key, value]));
  if (kind === "json") return `${JSON.stringify(profile, null, 2)}\n`;
  const lines = entries.flatMap(({ key, value, why }) => [
    ...comment(`${why[0]?.toUpperCase() ?? ""}${why.slice(1)}.`, "  "),
    `  ${key}: ${literal(value).replaceAll("\n", "\n  ")},`,
  ]);
  const open =
    unknown.length === 0
      ? []
      : ["//", "// Not learned:", ...unknown.flatMap((one) => comment(`- ${one}`, ""))];
  return [
    "// How this server is reached, how a client says who it is, and how others are told who left. Every other key of a",
    "// profile has its default: see docs/profile.md of hangup.",
    ...open,
    "export default {",
    ...lines,
    "};",
    "",
  ].join("\n");
}

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
