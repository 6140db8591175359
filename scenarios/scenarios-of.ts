import { casesOf } from "../harness/scenario/scenario.ts";
import { scenarios } from "./index.ts";

const judges = new Map<string, string[]>();
for (const scenario of scenarios) {
  const asked = new Set(casesOf(scenario).flatMap(({ checks }) => Object.keys(checks)));
  for (const requirement of asked) judges.set(requirement, [...(judges.get(requirement) ?? []), scenario.id]);
}

/** The scenarios that judge a requirement in any of their cases, by id, in the order of the index. */
export const scenariosOf = (requirement: string): readonly string[] => judges.get(requirement) ?? [];
