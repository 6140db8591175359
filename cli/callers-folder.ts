import { realpathSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "./package-folder.ts";

/** Environment and folder in which npm starts a script. */
interface ScriptStart {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Folder of hangup's own package. */
  readonly own?: string;
}

/**
 * Returns the folder from which `npm run` or `npm --prefix` was called, if npm runs a script of hangup's own package.
 * npm starts the script in the package's folder and stores the caller's folder in INIT_CWD. In other cases INIT_CWD
 * may come from an outer npm, for example when a user's script calls `hangup`.
 */
export function callersFolder({ env, cwd, own = packageFolder }: ScriptStart): string | undefined {
  const { INIT_CWD: from, npm_package_json: script } = env;
  if (from === undefined || script === undefined) return undefined;
  const isOwnScript = isSame(script, join(own, "package.json")) && isSame(cwd, own);
  return isOwnScript ? from : undefined;
}

/** Changes to the caller's folder, so that relative paths of profiles, reports and baselines start there. */
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
