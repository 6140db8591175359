import { casesOf } from "../harness/scenario/scenario.ts";
import { scenarios } from "./index.ts";

const judges = new Map<string, string[]>();
for (const scenario of scenarios) {
  const asked = new Set(casesOf(scenario).flatMap(({ checks }) => Object.keys(checks)));
  for (const requirement of asked) judges.set(requirement, [...(judges.get(requirement) ?? []), scenario.id]);
}

/** Returns the ids of the scenarios that test a requirement, in the order of the index. */
export const scenariosOf = (requirement: string): readonly string[] => judges.get(requirement) ?? [];
