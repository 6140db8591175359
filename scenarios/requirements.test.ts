import { describe, expect, test } from "vitest";
import { casesOf } from "../harness/scenario/scenario.ts";
import { scenarios } from "./index.ts";
import { requirements, subjects } from "./requirements.ts";
import { scenariosOf } from "./scenarios-of.ts";

const known = new Set(requirements.map(({ id }) => id));
const cases = scenarios.flatMap(casesOf);

describe("the catalogue", () => {
  test("gives each id once, in words", () => {
    expect(known.size).toBe(requirements.length);
    for (const id of known) expect(id).toMatch(/^[A-Z]+(-[A-Z]+)+$/);
  });

  test("has one sentence and a source for each, and where none asks, the reason", () => {
    for (const { id, text, citation, later } of requirements) {
      expect(text, id).toMatch(/^[A-Z].*[^.]\.$/);
      expect(text, id).not.toMatch(/\. [A-Z]/);
      expect(citation, id).toMatch(/^(The (flow|profile)|STOMP|RFC|sockjs|Spring|CVE|CWE)/);
      if (later !== undefined) expect(later, id).toMatch(/^[A-Z].{40,}[.]$/);
    }
  });

  test("cites the profile for what is declared, a protocol for what is specified, and only there", () => {
    for (const { id, basis, citation } of requirements) {
      if (basis === "spec") expect(citation, id).toMatch(/^(STOMP 1\.2|sockjs-protocol|RFC)/);
      if (citation.startsWith("The profile")) expect(basis, id).toBe("declared");
    }
  });

  test("has subjects with titles of their own, none of them empty", () => {
    expect(new Set(subjects.map(({ title }) => title)).size).toBe(subjects.length);
    for (const { title, requirements: own } of subjects) expect(own.length, title).toBeGreaterThan(0);
  });
});

describe("no orphans", () => {
  test("every requirement has a scenario, or the reason why it has none, and not both", () => {
    const without = requirements.filter(({ id }) => scenariosOf(id).length === 0);
    expect(without.filter(({ later }) => later === undefined).map(({ id }) => id)).toEqual([]);
    const explained = requirements.filter(({ later }) => later !== undefined);
    expect(explained.filter(({ id }) => scenariosOf(id).length > 0).map(({ id }) => id)).toEqual([]);
  });

  test("every case judges by at least one check, and only what the catalogue has", () => {
    for (const { id, checks } of cases) {
      expect(Object.keys(checks).length, id).toBeGreaterThan(0);
      for (const [requirement, asked] of Object.entries(checks)) {
        expect(known, id).toContain(requirement);
        expect(asked.length, `${id} ${requirement}`).toBeGreaterThan(0);
      }
    }
  });

  test("every scenario has a case", () => {
    for (const scenario of scenarios) expect(casesOf(scenario).length, scenario.id).toBeGreaterThan(0);
  });
});
