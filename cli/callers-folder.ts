import { realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const packageFolder = dirname(dirname(fileURLToPath(import.meta.url)));

/** What npm tells the scripts that it starts, and where they start. */
interface ScriptStart {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The folder of hangup's own package. */
  readonly own?: string;
}

/**
 * Returns the folder in which somebody called `npm run` or `npm --prefix`, where npm started hangup by a script of hangup's
 * own package. npm starts such a script in the package's folder and keeps the caller's in INIT_CWD. Elsewhere INIT_CWD may
 * be a leftover of another npm, such as of a user's own script that calls `hangup` in a folder below.
 */
export function callersFolder({ env, cwd, own = packageFolder }: ScriptStart): string | undefined {
  const { INIT_CWD: from, npm_package_json: script } = env;
  if (from === undefined || script === undefined) return undefined;
  const isOwnScript = isSame(script, join(own, "package.json")) && isSame(cwd, own);
  return isOwnScript ? from : undefined;
}

/** Makes the caller's folder the one that all relative paths mean: profiles, reports, baselines. */
export function enterCallersFolder(): void {
  const folder = callersFolder({ env: process.env, cwd: process.cwd() });
  if (folder !== undefined) process.chdir(folder);
}

function isSame(one: string, other: string): boolean {
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    return false;
  }
}
