import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { asGiven, type ProfileEntry } from "../../doctor/suggest/draft.ts";
import type { ProfileInput } from "../../harness/profile/profile.ts";
import { profileFileOf, readProfile } from "../target/profile-file.ts";

/** Given profile that is more than data: it may hold functions, computed values, and scenarios of its own. */
export interface GivenProgram {
  readonly file: string;
  readonly profile: ProfileInput;
  /** Scenarios and requirements that it exports. */
  readonly exports: readonly string[];
}

/**
 * Returns the given profile if it is a program; undefined for data, which can be written to another file without a loss.
 * @throws UsageError as `readProfile`
 */
export async function givenProgram(named: string | undefined): Promise<GivenProgram | undefined> {
  const file = profileFileOf(named);
  if (file === undefined || file.endsWith(".json")) return undefined;
  const profile = (await readProfile(file)) ?? {};
  const source = readFileSync(file, "utf8");
  if (await isData(source)) return undefined;
  const isExported = (name: string) => new RegExp(`\\bexports?\\b[^;=]*\\b${name}\\b`).test(source);
  return { file, profile, exports: ["scenarios", "requirements"].filter(isExported) };
}

/** Returns true if two paths name the same file. */
export const isSameFile = (one: string, other: string): boolean =>
  existsSync(one) && existsSync(other) && realpathSync(one) === realpathSync(other);

/** Returns the address by which a module at `out` imports a file. */
export function importPath(out: string, file: string): string {
  const path = relative(dirname(resolve(out)), resolve(file))
    .split(sep)
    .join("/");
  return path.startsWith(".") ? path : `./${path}`;
}

/** Returns the entries that a program lacks, or has with another value. Each load makes new objects, so that values are compared as JSON. */
export const changesOf = (entries: readonly ProfileEntry[], { profile }: GivenProgram): ProfileEntry[] =>
  entries.filter(
    ({ key, value, why }) => why !== asGiven || JSON.stringify(profile[key]) !== JSON.stringify(value),
  );

interface Node {
  readonly type: string;
  readonly [part: string]: unknown;
}

/** Returns true for a module that only exports one object of literals, such as a file that `hangup init` wrote. */
async function isData(source: string): Promise<boolean> {
  const { parse } = await import("acorn");
  try {
    const { body } = parse(source, { ecmaVersion: "latest", sourceType: "module" });
    const [first, ...rest] = body as unknown as Node[];
    return (
      rest.length === 0 &&
      first?.type === "ExportDefaultDeclaration" &&
      isLiteral(first["declaration"] as Node)
    );
  } catch {
    // Types, or a syntax error that the reader of the profile reports.
    return false;
  }
}

function isLiteral(node: Node): boolean {
  const all = (nodes: unknown) => (nodes as (Node | null)[]).every((one) => one !== null && isLiteral(one));
  switch (node.type) {
    case "Literal":
      return !("regex" in node) && !("bigint" in node);
    case "ObjectExpression":
      return all(node["properties"]);
    case "ArrayExpression":
      return all(node["elements"]);
    case "Property":
      return node["kind"] === "init" && node["computed"] === false && isLiteral(node["value"] as Node);
    default:
      return false;
  }
}
