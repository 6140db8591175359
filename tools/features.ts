import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { VerdictKind } from "../harness/judge/verdict.ts";
import { parseRecord } from "../reports/files/record-file.ts";
import { requirements } from "../scenarios/requirements.ts";
import { scenariosOf } from "../scenarios/scenarios-of.ts";
import { paddedTable } from "./padded-table.ts";

/** Part of the flow in the source design. */
interface FeaturePart {
  readonly name: string;
  readonly purpose: string;
  /** Ids of the requirements that prove the part. */
  readonly shownBy: readonly string[];
}

/** Parts of the flow. docs/flow.md describes how they work together. */
export const parts: readonly FeaturePart[] = [
  {
    name: "`SessionConnectEvent`",
    purpose: "is seen first, at CONNECT, and may carry what the client put into that frame",
    shownBy: ["CONNECT-EVENT-CARRIES-HEADERS", "NOTHING-BEFORE-CONNECT", "SECOND-CONNECT-NO-IDENTITY"],
  },
  {
    name: "`ChannelInterceptor.preSend`",
    purpose: "sees every inbound frame with its headers",
    shownBy: ["INTERCEPTOR-SEES-FRAMES"],
  },
  {
    name: "identify: `send('/ws', {}, {sessionId, clientData})`",
    purpose: "maps a session to a person right after connecting, before SUBSCRIBE or after it",
    shownBy: [
      "IDENTIFY-ANY-ORDER",
      "IDENTIFY-LAST-WINS",
      "IDENTIFY-ANY-TEXT",
      "IDENTIFY-BINDS-TO-OWN-SESSION",
      "IDENTIFY-LEAVES-NO-GHOST",
      "RECONNECT-IDENTIFIES-ANEW",
      "UNIDENTIFIED-ENDS-UNNAMED",
      "MALFORMED-IDENTIFY-HARMLESS",
    ],
  },
  {
    name: "database mapping",
    purpose: "outlives the session, and is looked up at its end",
    shownBy: [
      "MAPPING-GONE-AT-NOTICE",
      "REUSED-ID-NEW-IDENTITY",
      "NO-DRIFT",
      "RESTART-RECONCILES",
      "NODE-KILLED-LEAVES-ONCE",
      "PARTITION-HEALS-CLEAN",
      "MOVED-SESSION-KEPT",
    ],
  },
  {
    name: "`@EventListener` with `SessionDisconnectEvent`",
    purpose: "is the one place that learns of every end, whatever its cause",
    shownBy: [
      "LEAVE-ON-DISCONNECT",
      "LEAVE-WITHIN-LINGER",
      "LEAVE-ON-CLOSE",
      "LEAVE-ON-LOST-CONNECTION",
      "LEAVE-ON-SILENCE",
      "LEAVE-ON-SILENT-DROP",
      "LIVENESS-WITHOUT-HEARTBEATS",
      "LEAVE-OF-STALLED-READER",
      "LEAVE-ON-VIOLATION",
      "LEAVE-ON-PAGE-GONE",
    ],
  },
  {
    name: "notice to the rest",
    purpose: "is what people see: A left",
    shownBy: [
      "EVERY-SUBSCRIBER-HEARS",
      "CONFIRMED-SUBSCRIBER-HEARS",
      "LEAVE-NAMES-THE-LEAVER",
      "ALL-AT-ONCE-ALL-TOLD",
      "LEAVER-NOT-TOLD",
      "ROSTER-WITHOUT-LEAVER",
    ],
  },
  {
    name: "`socket._transport.url` parsing",
    purpose: "is the client's only way to its session id",
    shownBy: [
      "SESSION-ID-FROM-TRANSPORT",
      "SESSION-ID-NULL-OUTSIDE",
      "SESSION-ID-ANY-ADDRESS",
      "SESSION-ID-AFTER-FALLBACK",
    ],
  },
];

/** Scenarios that prove a requirement, by its id. All their cases passed. */
export type FeatureEvidence = ReadonlyMap<string, readonly string[]>;

/** Fields of a record that are read. */
interface FeatureRun {
  readonly cases: readonly {
    readonly scenario: string;
    readonly verdicts: readonly { readonly requirement: string; readonly kind: VerdictKind }[];
  }[];
}

const kindsIn = ({ cases }: FeatureRun, requirement: string, scenario: string): VerdictKind[] =>
  cases
    .filter((one) => one.scenario === scenario)
    .flatMap(({ verdicts }) => verdicts)
    .flatMap((verdict) => (verdict.requirement === requirement ? [verdict.kind] : []));

/** Returns the evidence of a run: scenarios with at least one passed case and no worse one. */
export const shownIn = (run: FeatureRun): FeatureEvidence =>
  shownWhere((requirement, scenario) => {
    const kinds = kindsIn(run, requirement, scenario);
    return kinds.includes("pass") && kinds.every((kind) => kind === "pass" || kind === "not-applicable");
  });

/** Returns the scenarios that a run does not contradict: its evidence, and scenarios that it could not run. */
export const borneOutBy = (run: FeatureRun): FeatureEvidence =>
  shownWhere((requirement, scenario) => {
    const kinds = kindsIn(run, requirement, scenario);
    return kinds.length > 0 && kinds.every((kind) => kind === "pass" || kind === "not-applicable");
  });

/** Returns the evidence that a page claims. */
export function shownOn(page: string): FeatureEvidence {
  const lines = new Map(
    page.split("\n").flatMap((line) => {
      const [, requirement, rest] = /^- ([A-Z-]+): (.*)$/.exec(line) ?? [];
      return requirement === undefined || rest === undefined ? [] : [[requirement, rest] as const];
    }),
  );
  return shownWhere((requirement, scenario) => lines.get(requirement)?.includes(`\`${scenario}\``) === true);
}

function shownWhere(isShown: (requirement: string, scenario: string) => boolean): FeatureEvidence {
  const ids = parts.flatMap(({ shownBy }) => shownBy);
  return new Map(ids.map((id) => [id, scenariosOf(id).filter((scenario) => isShown(id, scenario))]));
}

/** Renders docs/FEATURES.md: each part of the flow with its evidence. */
export function featuresOf(shown: FeatureEvidence): string {
  const lines = [
    "# Features",
    "",
    "The flow under test ([flow.md](flow.md)), part by part, each with what shows that hangup's reference server has it and that",
    "hangup asks for it: scenarios whose cases passed, all that applied. A part that nothing has shown says so.",
    "",
    "Made by `npx tsx tools/features.ts hangup-report/report.json` from the record of a run (`npm run conformance`), not by hand.",
    "`tools/features.doc.test.ts` holds it to the catalogue; with `--check`, the same command holds it to another run's record.",
    "",
    ...paddedTable([
      ["part", "what it is for", "state"],
      ...parts.map((part) => [part.name, part.purpose, stateOf(part, shown)]),
    ]),
    "",
    ...parts.flatMap(({ name, shownBy }) => [
      `## ${name}`,
      "",
      ...shownBy.map((id) => `- ${id}: ${evidenceFor(id, shown)}`),
      "",
    ]),
  ];
  return lines.join("\n");
}

function stateOf({ shownBy }: FeaturePart, shown: FeatureEvidence): string {
  const count = shownBy.filter((id) => shown.get(id)?.length).length;
  return count === 0 ? "**not shown**" : count === shownBy.length ? "**shown**" : "shown in part";
}

function evidenceFor(id: string, shown: FeatureEvidence): string {
  const scenarios = shown.get(id) ?? [];
  if (scenarios.length > 0) return scenarios.map((scenario) => `\`${scenario}\``).join(", ");
  const later = requirements.find((one) => one.id === id)?.later;
  return later === undefined ? "not shown." : `not shown. ${later}`;
}

/** Returns claims of a page that a run contradicts, as `requirement: scenario`. */
export const unfounded = (page: FeatureEvidence, run: FeatureEvidence): string[] =>
  [...page].flatMap(([id, scenarios]) =>
    scenarios.filter((one) => run.get(id)?.includes(one) !== true).map((one) => `${id}: ${one}`),
  );

const page = new URL("../docs/FEATURES.md", import.meta.url);

/** Writes the page from a record, or checks the page against a record. */
function main([file, flag]: readonly string[]): void {
  if (file === undefined) throw new Error("which record? Give a report.json, and --check to change nothing");
  const record = parseRecord(readFileSync(file, "utf8"), file);
  if (record.target.name !== "hangup reference server")
    throw new Error(`${file} is of ${record.target.name}; the page is about the reference server`);
  if (flag !== "--check") {
    writeFileSync(page, featuresOf(shownIn(record)));
    return;
  }
  const wrong = unfounded(shownOn(readFileSync(page, "utf8")), borneOutBy(record));
  if (wrong.length === 0) return;
  console.error(`docs/FEATURES.md says what ${file} does not show:\n  ${wrong.join("\n  ")}`);
  process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main(process.argv.slice(2));
