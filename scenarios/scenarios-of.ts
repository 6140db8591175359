import { casesOf } from "../harness/scenario/scenario.ts";
import { scenarios } from "./index.ts";

/** Returns the ids of the scenarios that test a requirement, in the order of the index. */
export const scenariosOf = (requirement: string): readonly string[] =>
  scenarios
    .filter((scenario) => casesOf(scenario).some(({ checks }) => requirement in checks))
    .map(({ id }) => id);
