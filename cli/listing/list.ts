import { wrapped } from "../../reports/words/wrap.ts";
import { countOf } from "../../reports/words/text.ts";
import { subjects } from "../../scenarios/requirements.ts";
import { terminalColumns } from "../output/terminal-width.ts";
import { listingOf, type Listing } from "./listing.ts";
import { renderGrid } from "./render-grid.ts";
import { describeTarget, type TargetChoice } from "../target/find-target.ts";

const parts = ["scenarios", "requirements", "grid"] as const;
export type ListPart = (typeof parts)[number];

export interface ListArguments extends TargetChoice {
  readonly json?: boolean;
}

/**
 * Carries out `hangup list`: prints scenarios, requirements and cases. For a given target, marks the cases that it
 * can't run.
 * @param what part to print; everything if undefined
 * @throws UsageError if the address or the profile is not valid
 */
export async function list(
  what: ListPart | undefined,
  { json = false, ...choice }: ListArguments,
): Promise<void> {
  const named = choice.url !== undefined || choice.profile !== undefined;
  const listing = listingOf(named ? await describeTarget(choice) : undefined);
  if (json) {
    console.log(JSON.stringify(what === undefined ? listing : partOf(listing, what), null, 2));
    return;
  }
  const columns = terminalColumns();
  const render = {
    scenarios: renderScenarios,
    requirements: renderRequirements,
    grid: renderGrid,
  };
  const wanted = what === undefined ? parts : [what];
  console.log([...wanted.map((part) => render[part](listing, columns)), counted(listing)].join("\n\n"));
}

function partOf({ scenarios, requirements, cases, impossible, tiers }: Listing, what: ListPart) {
  switch (what) {
    case "scenarios":
      return { scenarios };
    case "requirements":
      return { requirements };
    case "grid":
      return { cases, impossible, tiers };
  }
}

function renderScenarios({ scenarios }: Listing, columns: number): string {
  return scenarios
    .map(({ id, title, cases, requirements }) =>
      [
        cases === 1 ? id : `${id} (${cases} cases)`,
        ...indented(title, columns),
        ...indented(requirements.join(", "), columns),
      ].join("\n"),
    )
    .join("\n");
}

function renderRequirements({ requirements }: Listing, columns: number): string {
  const asking = new Map(requirements.map((one) => [one.id, one.scenarios]));
  const known = new Set(subjects.flatMap(({ requirements: own }) => own.map(({ id }) => id)));
  const added = requirements.filter(({ id }) => !known.has(id));
  return [...subjects, ...(added.length === 0 ? [] : [{ title: "Your own", requirements: added }])]
    .map(({ title, requirements: own }) =>
      [
        title,
        ...own.flatMap(({ id, level, basis, text, citation, later }) => [
          "",
          `${id} (${level}, ${basis})`,
          ...indented(text, columns),
          ...indented(citation, columns),
          ...indented(later === undefined ? askedBy(asking.get(id) ?? []) : `Not asked: ${later}`, columns),
        ]),
      ].join("\n"),
    )
    .join("\n\n");
}

/** Number of scenarios to name for a requirement. Some requirements are judged by nearly all scenarios. */
const namedMax = 12;

const askedBy = (scenarios: readonly string[]): string =>
  scenarios.length > namedMax
    ? `Asked by ${scenarios.slice(0, namedMax).join(", ")} and ${scenarios.length - namedMax} more`
    : `Asked by ${scenarios.join(", ")}`;

const indented = (text: string, columns: number): string[] =>
  wrapped(text, columns - 4).map((line) => `    ${line}`);

function counted({ scenarios, requirements, tiers: { quick, full } }: Listing): string {
  const open = requirements.filter(({ later }) => later !== undefined).length;
  const lines = [
    `${scenarios.length} scenarios; ${requirements.length} requirements, of which ${open} are not asked yet.`,
    `${countOf(quick.cases, "case")} in the quick tier, ${full.cases} in the full one, which soak repeats.`,
  ];
  if (full.askable !== undefined && quick.askable !== undefined)
    lines.push(`This target can be asked ${full.askable} of them, ${quick.askable} in the quick tier.`);
  return lines.join("\n");
}
