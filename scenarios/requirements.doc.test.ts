import { expect, test } from "vitest";
import type { Requirement } from "../harness/judge/requirement.ts";
import { subjects } from "./requirements.ts";
import { scenariosOf } from "./scenarios-of.ts";

/** Maximum number of scenarios to list by name. */
const namedMax = 12;

function asking({ id, later }: Requirement): string {
  if (later !== undefined) return `_Not asked:_ ${later}`;
  const scenarios = scenariosOf(id);
  return scenarios.length > namedMax
    ? "_Asked by_ nearly every scenario in which somebody leaves."
    : `_Asked by_ ${scenarios.map((scenario) => `\`${scenario}\``).join(", ")}`;
}

const section = (one: Requirement): string[] => [
  `### ${one.id}`,
  "",
  `**${one.level}**, ${one.basis}: ${one.text}`,
  "",
  `_Source:_ ${one.citation}`,
  "",
  asking(one),
  "",
];

test("docs/requirements.md is the catalogue; to renew it: npx vitest run scenarios/requirements.doc.test.ts -u", async () => {
  const page = [
    "# Requirements",
    "",
    "What hangup asks of a server, and what it does not ask yet. Made from `scenarios/requirements/`; `hangup list requirements`",
    "prints the same.",
    "",
    "**MUST**, **SHOULD** and **MAY** are meant as in RFC 2119. A failed MUST makes a run nonconformant; a failed SHOULD does with",
    "`--strict`. Where a protocol says what happens without one of these words, that is taken for a MUST.",
    "",
    "The word behind says where the duty comes from. _spec_: a published protocol says so. _flow_: the flow under test",
    "([flow.md](flow.md)) needs it; no protocol demands it, even where one is cited to show what it is about. _declared_: the",
    "target's own [profile](profile.md) says so, and may waive it with a reason. Weaknesses (CWE), advisories (CVE) and framework",
    "documents are cited where they show that servers get it wrong, or how.",
    "",
    ...subjects.flatMap(({ title, requirements }) => [`## ${title}`, "", ...requirements.flatMap(section)]),
  ].join("\n");
  await expect(page).toMatchFileSnapshot("../docs/requirements.md");
});
