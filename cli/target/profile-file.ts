import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { jsonOrUndefined } from "../../harness/util/json.ts";
import { parseProfile, type Profile, type ProfileInput } from "../../harness/profile/profile.ts";
import { learnProfile } from "../../harness/profile/profile-secrets.ts";
import { requirements } from "../../scenarios/requirements.ts";
import { UsageError } from "../exit.ts";
import { messageOf } from "../../harness/util/words.ts";
import { useOwnCatalogue, type OwnCatalogue } from "../cases/own-catalogue.ts";

const usualNames = ["hangup.config.ts", "hangup.config.js", "hangup.config.json"];

/**
 * Loads the profile, and the user's own scenarios, from a file, or from `hangup.config.*` in the current folder; undefined if there is neither.
 * @throws UsageError with the file and all its errors
 */
export async function loadProfile(named: string | undefined): Promise<Profile | undefined> {
  const file = profileFileOf(named);
  if (file === undefined) return undefined;
  return checkedWithWaivers(await read(file), file);
}

/** Exports of a config, without a file. */
export interface GivenConfig extends OwnCatalogue {
  readonly profile: ProfileInput;
}

/**
 * Returns the profile of a config that a program holds, and adds its scenarios.
 * @throws UsageError with all its errors
 */
export function useConfig(config: GivenConfig): Profile {
  useOwnCatalogue(config, "the config");
  return checkedWithWaivers(config.profile, "the profile");
}

/**
 * Returns the valid profile.
 * @throws UsageError with all its errors, or with a waiver of a requirement that can't be waived
 */
function checkedWithWaivers(value: unknown, file: string): Profile {
  const profile = checked(value, file);
  for (const { requirement } of profile.waivers) {
    const known = requirements.find(({ id }) => id === requirement);
    if (known?.basis === "declared") continue;
    const declared = requirements.filter(({ basis }) => basis === "declared").map(({ id }) => id);
    const why = known === undefined ? "is no requirement" : `is not declared but of the ${known.basis}`;
    throw new UsageError(`${file}: waivers: ${requirement} ${why}; waivable are ${declared.join(", ")}`);
  }
  return profile;
}

/**
 * Reads a profile without checking that it is complete.
 * @throws UsageError with the file if it is not an object
 */
export async function readProfile(named: string | undefined): Promise<ProfileInput | undefined> {
  const file = profileFileOf(named);
  if (file === undefined) return undefined;
  const value = await read(file);
  learnProfile(value);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new UsageError(`${file} is not a profile. It must be an object.`);
}

/**
 * Returns the profile's file: the named one, or `hangup.config.*` in the current folder; undefined if there is neither.
 * @throws UsageError if the named file does not exist
 */
export function profileFileOf(named: string | undefined): string | undefined {
  const file = named ?? usualNames.find((name) => existsSync(name));
  if (file !== undefined && !existsSync(file)) throw new UsageError(`profile ${file} does not exist`);
  return file;
}

interface Module extends OwnCatalogue {
  readonly default?: unknown;
}

/** A module loaded as CommonJS has its default export one level deeper. */
const isModule = (value: unknown): value is Module =>
  typeof value === "object" && value !== null && "__esModule" in value;

async function read(file: string): Promise<unknown> {
  try {
    if (file.endsWith(".json")) return await parseJson(readFileSync(file, "utf8"));
    // Loads both kinds of modules, whatever the folder's package.json says.
    const { tsImport } = await import("tsx/esm/api");
    const loaded = (await tsImport(pathToFileURL(resolve(file)).href, import.meta.url)) as Module;
    const module = isModule(loaded.default) ? loaded.default : loaded;
    useOwnCatalogue(module, file);
    return module.default;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const message = messageOf(error);
    // Compiler errors quote the source, which may contain a password.
    throw new UsageError(`${file} can't be read: ${message.replaceAll(/ but found .*/g, "")}`);
  }
}

/** @throws Error with the position of the JSON error; Node's own message quotes the text, which may contain a password */
async function parseJson(text: string): Promise<unknown> {
  const value = jsonOrUndefined(text);
  if (value !== undefined) return value;
  const { parseExpressionAt } = await import("acorn");
  try {
    parseExpressionAt(text, 0, { ecmaVersion: "latest" });
  } catch (error) {
    const { loc } = error as { readonly loc?: { readonly line: number; readonly column: number } };
    if (loc !== undefined)
      throw new Error(`the JSON is invalid from line ${loc.line}, column ${loc.column + 1}`, {
        cause: error,
      });
  }
  throw new Error("the JSON is invalid. Look for comments, trailing commas and words without double quotes.");
}

function checked(value: unknown, file: string): Profile {
  learnProfile(value);
  try {
    return parseProfile(value, file);
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}
