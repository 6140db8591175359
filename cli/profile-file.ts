import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseProfile, type Profile } from "../harness/profile.ts";
import { requirements } from "../scenarios/requirements.ts";
import { UsageError } from "./exit.ts";

const usualNames = ["hangup.config.ts", "hangup.config.js", "hangup.config.json"];

/**
 * The profile in a file, or in `hangup.config.*` where the command is called; undefined if there is neither.
 * @throws UsageError that names the file and everything that is wrong in it
 */
export async function loadProfile(named: string | undefined): Promise<Profile | undefined> {
  const file = named ?? usualNames.find((name) => existsSync(name));
  if (file === undefined) return undefined;
  if (!existsSync(file)) throw new UsageError(`there is no profile at ${file}`);
  const profile = checked(await read(file), file);
  for (const { requirement } of profile.waivers) {
    const known = requirements.find(({ id }) => id === requirement);
    if (known?.basis === "declared") continue;
    const declared = requirements.filter(({ basis }) => basis === "declared").map(({ id }) => id);
    const why = known === undefined ? "is no requirement" : `is not declared but of the ${known.basis}`;
    throw new UsageError(`${file}: waivers: ${requirement} ${why}; waivable are ${declared.join(", ")}`);
  }
  return profile;
}

async function read(file: string): Promise<unknown> {
  try {
    if (file.endsWith(".json")) return JSON.parse(readFileSync(file, "utf8")) as unknown;
    const module = (await import(pathToFileURL(resolve(file)).href)) as { default?: unknown };
    return module.default;
  } catch (error) {
    throw new UsageError(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function checked(value: unknown, file: string): Profile {
  try {
    return parseProfile(value, file);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
