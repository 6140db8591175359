import * as z from "zod";

const count = z.int().nonnegative();
const ms = z.number().nonnegative();
const id = z.string().min(1);
const options = z
  .record(z.string(), z.unknown())
  .describe("Of the server, where they are not the usual ones.");

/** Number of cases by their worst verdict. */
const totals = z
  .strictObject({ pass: count, fail: count, inconclusive: count, notApplicable: count })
  .meta({ id: "Totals", description: "By the worst verdict." });

const finding = z
  .strictObject({
    requirement: id,
    check: id,
    case: id,
    expected: z.string(),
    actual: z.string(),
  })
  .meta({ id: "Finding", description: "A check that failed against a mutant." });

const discounted = finding.extend({ why: z.string() }).meta({ id: "Discounted" });

const judged = z
  .strictObject({ requirement: id, check: id.describe("Without the actors."), ...totals.shape })
  .meta({ id: "Judged", description: "How often one check of one requirement gave which verdict." });

const mutant = z
  .strictObject({
    name: id,
    description: z.string(),
    options,
    breaks: z.array(id).min(1),
    alsoBreaks: z.array(id),
    state: z.enum(["killed", "killed-otherwise", "survived", "undecided"]),
    reason: z.string().nullable().describe("Why nothing could find it out, where that is so."),
    kills: z
      .array(finding)
      .describe("Of what it breaks, with evidence, in cases that the unbroken server passes."),
    alsoKills: z.array(finding).describe("The same of what suffers too."),
    unexpected: z.array(finding).describe("Outside both lists, in cases that the unbroken server passes."),
    discounted: z.array(discounted).describe("Failures that prove nothing."),
    judged: z.array(judged),
    cases: totals,
    durationMs: ms,
  })
  .meta({ id: "Mutant" });

const unbroken = z
  .strictObject({
    options,
    cases: totals,
    notPassed: z
      .array(
        z.strictObject({
          requirement: id,
          check: id,
          case: id,
          kind: z.enum(["fail", "inconclusive"]),
          words: z.string(),
        }),
      )
      .describe("Its cases prove nothing about any mutant."),
    durationMs: ms,
  })
  .meta({ id: "Unbroken", description: "The server without any defect, in the same invocation." });

const column = z.strictObject({ requirement: id, check: id });

/** Kill matrix as stored in a file. Unknown keys are errors. Names end in their units: `Ms` is milliseconds. */
export const killMatrixSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    tool: z.strictObject({ name: z.literal("hangup"), version: z.string() }),
    environment: z.strictObject({
      node: z.string(),
      platform: z.string(),
      cpus: count,
      browser: z.string().nullable(),
    }),
    startedAt: z.iso.datetime(),
    durationMs: ms,
    lagMaxMs: ms.describe("The harness's own longest event-loop delay."),
    selected: z
      .array(id)
      .nullable()
      .describe("The mutants that were asked for by name; null for all of them."),
    everyCase: z
      .boolean()
      .describe("Whether each mutant met every case, or no more than it takes to find it out."),
    interrupted: z.boolean(),
    exitCode: z.int().min(0).max(255),
    totals: z.strictObject({
      mutants: count,
      killed: count,
      killedOtherwise: count,
      survived: count,
      undecided: count,
      unexpected: count.describe("Mutants that fail outside both of their lists."),
    }),
    unbroken: z.array(unbroken),
    mutants: z.array(mutant),
    notRun: z.array(id).describe("Mutants that an interruption left out."),
    idleChecks: z
      .array(column.extend({ mutants: count.describe("How many mutants it has judged.") }))
      .nullable()
      .describe("Checks that kill no mutant; null where not all mutants were run."),
    requirementsWithoutMutant: z.array(id).describe("MUSTs that a scenario judges, and no mutant breaks."),
    notes: z.array(z.string()),
  })
  .meta({ title: "The kill matrix of hangup" });

export type KillMatrix = z.infer<typeof killMatrixSchema>;
export type MutantResult = KillMatrix["mutants"][number];
export type UnbrokenResult = KillMatrix["unbroken"][number];
export type MutantFinding = MutantResult["kills"][number];
export type MutantState = MutantResult["state"];

/** Question of the suite: a requirement and a kind of check. */
export type CheckColumn = z.infer<typeof column>;

/** Returns the kind of a check, without its actors: `left-inside-window` of `left-inside-window(alice)`. */
export const checkKind = (check: string): string => check.replace(/\(.*$/s, "");

/** Returns a key for a column. Ids and check names contain no line break. */
export const columnKey = ({ requirement, check }: CheckColumn): string =>
  `${requirement}\n${checkKind(check)}`;
