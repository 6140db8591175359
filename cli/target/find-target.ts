import { parseProfile, type Profile, type ProfileInput } from "../../harness/profile/profile.ts";
import { learnProfile, maskedAddress } from "../../harness/profile/profile-secrets.ts";
import { secrets } from "../../harness/secrets/secrets.ts";
import type { TargetProcess } from "../../harness/run/death/target-process.ts";
import { UnreachableError, UsageError } from "../exit.ts";
import { useOwnCatalogue } from "../cases/own-catalogue.ts";
import { loadProfile, useConfig, type GivenConfig } from "./profile-file.ts";
import { referenceProfile, startReferenceTarget } from "./reference-target.ts";
import { hasOwnPort, startCommand, type StartedTarget } from "./start-command.ts";
import type { RunTarget } from "./target.ts";
import { messageOf } from "../../harness/util/words.ts";

/** Options that name a target. */
export interface TargetChoice {
  readonly url?: string;
  readonly profile?: string;
}

/** Options of `run` that name a target. */
export interface RunTargetChoice extends TargetChoice {
  /** Selects the built-in reference server. */
  readonly reference?: boolean;
  /** A config that a program holds, in place of a file. */
  readonly config?: GivenConfig;
}

/** Target of a run before it is started. */
export interface ChosenTarget extends DescribedTarget {
  /** Name for output: the address without secrets, or the profile's name if hangup starts the target. */
  readonly label: string;
  /** Starts or finds the target; see `findTarget`. */
  readonly find: (signal: AbortSignal) => Promise<RunTarget>;
}

/**
 * Reads the profile of a run, and adds the scenarios of its config; undefined if the options name none.
 * @throws UsageError with all its errors
 */
export async function profileOf({ profile: file, config }: RunTargetChoice): Promise<Profile | undefined> {
  // Those of an earlier run in this process.
  useOwnCatalogue({}, "no config");
  return config === undefined ? loadProfile(file) : useConfig(config);
}

/**
 * Selects the target of a run without starting it.
 * @param profile of the options
 * @throws UsageError if the options name no target or two, or if the address is not valid
 */
export function chooseTarget(
  { url, profile: file, reference = false }: RunTargetChoice,
  profile: Profile | undefined,
): ChosenTarget {
  if (reference) {
    if (url === undefined && profile === undefined)
      return {
        profile: referenceProfile,
        canStartTarget: true,
        label: "the reference server",
        find: () => startReferenceTarget(),
      };
    const other = url === undefined ? (file ?? "hangup.config.* in this folder") : "--url";
    throw new UsageError(
      `--reference runs the suite on the built-in reference server, and ${other} gives another target. Leave one of them out. \`npm run conformance\` passes --reference; for your own server use \`npm run hangup -- run\`.`,
    );
  }
  if (url === undefined && profile === undefined)
    throw new UsageError(
      `no target is named: there is neither --url nor --profile, and no hangup.config.ts, .js or .json in ${process.cwd()}. Pass --url or --profile, or --reference for the built-in reference server.`,
    );
  const described = descriptionOf(profile, url);
  const address = url ?? described.profile.url ?? "";
  return {
    ...described,
    label: described.canStartTarget ? secrets.mask(described.profile.name) : maskedAddress(address),
    find: (signal) => targetOf(profile, url, signal),
  };
}

/**
 * Returns the target that `--url` or the profile names, or the reference server if neither is given. Starts the target by
 * the profile's `start`, unless `--url` names another one.
 * @param signal cancels a start
 * @throws UsageError if the address is not valid
 * @throws UnreachableError if the target does not start
 */
export async function findTarget(
  { url, profile: file }: TargetChoice,
  signal?: AbortSignal,
): Promise<RunTarget> {
  return targetOf(await loadProfile(file), url, signal);
}

/**
 * Returns the target that the doctor examines. Its profile may be incomplete.
 * @throws UsageError if the profile is not valid or names no target
 */
export async function findExamined(
  given: ProfileInput,
  url: string | undefined,
  signal?: AbortSignal,
): Promise<RunTarget> {
  if (url === undefined && given.url === undefined)
    throw new UsageError("no target: pass its address as --url, or add `url` to the profile");
  try {
    return await targetOf(parseProfile(given, "what is known of the profile"), url, signal);
  } catch (error) {
    if (error instanceof UnreachableError || error instanceof UsageError) throw error;
    throw new UsageError(messageOf(error));
  }
}

async function targetOf(
  profile: Profile | undefined,
  url: string | undefined,
  signal?: AbortSignal,
): Promise<RunTarget> {
  const startOwn = profile === undefined || url !== undefined ? undefined : starterOf(profile, signal);
  if (profile?.start !== undefined && startOwn !== undefined) {
    const own = await startOwn();
    const target = { profile, url: own.url, process: processOf(own), stop: () => stopForGood(own) };
    return hasOwnPort(profile.start) ? { ...target, startOwn } : target;
  }
  const address = url ?? profile?.url;
  if (address === undefined) {
    if (profile !== undefined)
      throw new UsageError("the profile gives no url. Add `url` to it or pass --url.");
    return startReferenceTarget();
  }
  return { ...atAddress(address, profile), stop: () => Promise.resolve() };
}

/**
 * Returns the URL of an address and a profile for it. Without a given profile, only the address is known.
 * @throws UsageError if the address is not http(s) or ws(s)
 */
function atAddress(address: string, profile: Profile | undefined): Pick<RunTarget, "profile" | "url"> {
  learnProfile(profile, address);
  const inHttp = address.replace(/^ws(?=s?:)/, "http");
  const parsed = URL.canParse(inHttp) ? new URL(inHttp) : undefined;
  if (parsed?.protocol !== "http:" && parsed?.protocol !== "https:") {
    throw new UsageError(
      `--url ${address}: it must be an http:// or https:// address, such as http://localhost:8080/connection`,
    );
  }
  return { profile: profile ?? parseProfile({ name: parsed.host, url: address }, "--url"), url: parsed };
}

/** Facts about a target that need no connection to it. */
export interface DescribedTarget {
  readonly profile: Profile;
  /** True if hangup can start an instance for one case. */
  readonly canStartTarget: boolean;
}

/**
 * Describes the target that the options name, without starting it.
 * @throws UsageError if the address or the profile is not valid
 */
export async function describeTarget({ url, profile: file }: TargetChoice): Promise<DescribedTarget> {
  return descriptionOf(await loadProfile(file), url);
}

function descriptionOf(profile: Profile | undefined, url: string | undefined): DescribedTarget {
  if (url === undefined && profile !== undefined)
    return { profile, canStartTarget: profile.start !== undefined && hasOwnPort(profile.start) };
  return { profile: atAddress(url ?? "", profile).profile, canStartTarget: false };
}

/** Returns a function that starts an instance as the profile says; undefined if the profile has no `start`. */
function starterOf(
  { start, url, transport }: Profile,
  signal: AbortSignal | undefined,
): (() => Promise<StartedTarget>) | undefined {
  if (start === undefined || url === undefined) return undefined;
  return () => startCommand(start, { url, transport }, signal);
}

/** Returns the process of a started target, which can be started again. */
const processOf = ({ ended, kill, start }: StartedTarget): TargetProcess => ({
  ended,
  restart: async () => {
    await kill();
    await start();
  },
});

/** Stops a target for good. Prints errors; they do not change the result of the run. */
async function stopForGood(own: StartedTarget): Promise<void> {
  const tell = (error: unknown) => console.error(`hangup: ${secrets.mask(messageOf(error))}`);
  await own.stop().catch(tell);
  await own.dispose().catch(tell);
}
