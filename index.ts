/** The package as a library: profiles, scenarios and checks of one's own, and the run inside any test runner. */
export { extractSessionId } from "./browser-fixtures/session-id.js";
export { UnreachableError, UsageError } from "./cli/exit.ts";
export { runSuite, type SuiteOptions } from "./cli/run/run-suite.ts";
export type { OwnRequirement } from "./cli/cases/own-catalogue.ts";
export { ofKind, type EventOf, type HistoryEvent } from "./harness/history/events/events.ts";
export { leaveOf } from "./harness/history/leaves/matching.ts";
export { sessionsOf, type Session } from "./harness/history/sessions/sessions.ts";
export * from "./harness/index.ts";
export type { Check, Evidence } from "./harness/judge/check.ts";
export type { Checks } from "./harness/judge/judged-case.ts";
export type { RunRecord } from "./harness/judge/record.ts";
export { fail, inconclusive, notApplicable, pass, type Verdict } from "./harness/judge/verdict.ts";
export { defineProfile, type Profile, type ProfileInput } from "./harness/profile/profile.ts";
export type { ScenarioDefinition } from "./harness/scenario/scenario.ts";
export type { Actor } from "./harness/stage/actor.ts";
export type { Fault, Witness } from "./harness/stage/faults/fault.ts";
export type { Stage } from "./harness/stage/stage.ts";
export { renderSummary } from "./reports/summary.ts";
