import { casesOf, type Case } from "../harness/scenario.ts";
import { scenarios } from "../scenarios/index.ts";
import { requirements } from "../scenarios/requirements.ts";
import { UsageError } from "./exit.ts";

export interface Selection {
  /** A regular expression over a case's id and title; case does not matter. */
  readonly grep?: string;
  readonly requirement?: string;
}

/**
 * The cases that are asked for; all of them when nothing is.
 * @throws UsageError when that is none, naming what matched nothing
 */
export function selectCases({ grep, requirement }: Selection): Case[] {
  if (requirement !== undefined && !requirements.some(({ id }) => id === requirement)) {
    throw new UsageError(
      `--requirement: there is no requirement "${requirement}"; \`hangup list\` shows them`,
    );
  }
  const pattern = patternOf(grep);
  const selected = scenarios
    .filter(({ checks }) => requirement === undefined || requirement in checks)
    .flatMap(casesOf)
    .filter(({ id, scenario }) => pattern === undefined || pattern.test(id) || pattern.test(scenario.title));
  if (selected.length > 0) return selected;
  const asked = [
    ...(grep === undefined ? [] : [`--grep "${grep}"`]),
    ...(requirement === undefined ? [] : [`--requirement ${requirement}`]),
  ];
  throw new UsageError(`${asked.join(" with ")} matches no case; \`hangup list\` shows them`);
}

function patternOf(grep: string | undefined): RegExp | undefined {
  if (grep === undefined) return undefined;
  try {
    return new RegExp(grep, "i");
  } catch (error) {
    throw new UsageError(`--grep: ${error instanceof Error ? error.message : String(error)}`);
  }
}
