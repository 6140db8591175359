import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "./package-folder.ts";

const manifest: unknown = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));

const entry = (of: unknown, key: string): unknown =>
  typeof of === "object" && of !== null && key in of ? (of as Record<string, unknown>)[key] : undefined;

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** Version of hangup, from its package.json. */
export const version = textOf(entry(manifest, "version")) ?? "unknown";

/**
 * Returns the address of the source files of a version, from the `repository` of a package.json; undefined if that names no
 * web page.
 */
export function sourceOf(repository: unknown, tag: string): string | undefined {
  const url = entry(repository, "url") ?? repository;
  const page =
    textOf(url)
      ?.replace(/^git\+/, "")
      .replace(/\.git$/, "") ?? "";
  return /^https:\/\/[\w.-]+(\/[\w.-]+)+$/.test(page) ? `${page}/blob/v${tag}` : undefined;
}

/** Address of hangup's own source files; undefined in a copy whose package.json names no repository. */
export const source = sourceOf(entry(manifest, "repository"), version);
