import { z } from "zod";
import { levels, type Requirement } from "../../harness/judge/requirement.ts";
import { casesOf, type Scenario, type ScenarioDefinition } from "../../harness/scenario/scenario.ts";
import { complaintsOf } from "../../harness/profile/profile-errors.ts";
import { messageOf } from "../../harness/util/words.ts";
import { scenarios, setOwnScenarios } from "../../scenarios/index.ts";
import { requirements, setOwnRequirements } from "../../scenarios/requirements.ts";
import { UsageError } from "../exit.ts";

/** A requirement of the user's own. Its basis is "declared", so it can be waived. */
export type OwnRequirement = Pick<Requirement, "id" | "level" | "text"> &
  Partial<Pick<Requirement, "citation">>;

/** What a config exports beside its profile. */
export interface OwnCatalogue {
  /** Scenarios by id, such as `chat/typing-ends`. */
  readonly scenarios?: Readonly<Record<string, ScenarioDefinition>>;
  readonly requirements?: readonly OwnRequirement[];
}

const isFunction = z.custom<() => unknown>((value) => typeof value === "function", "must be a function");

const requirementSchema = z.strictObject({
  id: z.string().regex(/^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$/, "must be words in capitals, such as TYPING-ENDS"),
  level: z.enum(levels),
  text: z.string().min(1),
  citation: z.string().min(1).optional(),
});

const anything = z.unknown().optional();

const scenarioSchema = z.strictObject({
  title: z.string().min(1),
  run: isFunction,
  needs: z.union([isFunction, z.array(z.string())]).optional(),
  axes: z.record(z.string(), z.array(z.string()).min(1)).optional(),
  ...{ impossible: anything, expects: anything, races: anything, isProperty: anything },
  ...{
    needsQuiet: anything,
    needsSilence: anything,
    waitsLong: anything,
    fixedWaitMs: anything,
    mayBreakFrames: anything,
  },
  checks: z.union([
    isFunction,
    z.record(z.string(), z.array(z.looseObject({ name: z.string(), judge: isFunction }))),
  ]),
});

const schema = z.object({
  requirements: z.array(requirementSchema).default([]),
  scenarios: z
    .record(
      z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, "must be folder/name, such as chat/typing-ends"),
      scenarioSchema,
    )
    .default({}),
});

/**
 * Adds the scenarios and requirements of a config to hangup's own, in place of those of an earlier config.
 * @param exports of the config's module; other exports than `scenarios` and `requirements` are ignored
 * @param file name for messages
 * @throws UsageError with all errors
 */
export function useOwnCatalogue(exports: OwnCatalogue, file: string): void {
  setOwnScenarios([]);
  setOwnRequirements([]);
  const parsed = schema.safeParse(exports);
  const complaints = parsed.success ? [] : complaintsOf(parsed.error, schema, exports);
  const ownRequirements = (parsed.data?.requirements ?? []).map((one): Requirement => ({
    basis: "declared",
    citation: one.citation ?? file,
    id: one.id,
    level: one.level,
    text: one.text,
  }));
  const own = Object.entries(parsed.success ? (exports.scenarios ?? {}) : {}).map(
    ([id, definition]): Scenario => ({ ...definition, id }),
  );
  const known = [...requirements, ...ownRequirements].map(({ id }) => id);
  complaints.push(
    ...repeated(known).map((id) => `requirements: ${id} exists already; choose another id`),
    ...repeated([...scenarios, ...own].map(({ id }) => id)).map(
      (id) => `scenarios: hangup has a scenario ${id} of its own; choose another id`,
    ),
    ...own.flatMap((scenario) => complaintsOn(scenario, known)),
  );
  if (complaints.length > 0)
    throw new UsageError(
      [`${file}: its own scenarios can't be used`, ...complaints.map((one) => `  ${one}`)].join("\n"),
    );
  setOwnRequirements(ownRequirements);
  setOwnScenarios(own);
}

function complaintsOn(scenario: Scenario, known: readonly string[]): string[] {
  try {
    const asked = new Set(casesOf(scenario).flatMap(({ checks }) => Object.keys(checks)));
    const unknown = [...asked].filter((id) => !known.includes(id));
    return unknown.map(
      (id) =>
        `scenarios.${scenario.id}: there is no requirement ${id}; add it to \`requirements\`, or see \`hangup list requirements\``,
    );
  } catch (error) {
    return [`scenarios.${scenario.id}: its cases can't be listed: ${messageOf(error)}`];
  }
}

const repeated = (ids: readonly string[]): string[] => ids.filter((id, place) => ids.indexOf(id) !== place);
