import { afterEach, expect, test } from "vitest";
import { caseOf, defineScenario } from "../../harness/scenario/scenario.ts";
import { heardByAll } from "../../harness/index.ts";
import { scenarioOf, scenarios } from "../../scenarios/index.ts";
import { requirements } from "../../scenarios/requirements.ts";
import { useOwnCatalogue } from "./own-catalogue.ts";

const builtIn = { scenarios: scenarios.length, requirements: requirements.length };
afterEach(() => useOwnCatalogue({}, "no config"));

const requirement = { id: "ROUND-ENDS", level: "MUST", text: "A round ends." } as const;
const scenario = defineScenario({
  title: "A round ends",
  run: () => Promise.resolve(),
  checks: { "ROUND-ENDS": [heardByAll("ann")] },
});

test("adds scenarios and requirements, and replaces those of an earlier config", () => {
  useOwnCatalogue({ scenarios: { "game/round-ends": scenario }, requirements: [requirement] }, "a.ts");
  expect(scenarios).toHaveLength(builtIn.scenarios + 1);
  expect(caseOf(scenarioOf("game/round-ends"))).toMatchObject({ id: "game/round-ends" });
  expect(requirements.at(-1)).toEqual({ ...requirement, basis: "declared", citation: "a.ts" });
  useOwnCatalogue({}, "b.ts");
  expect(scenarios).toHaveLength(builtIn.scenarios);
  expect(requirements).toHaveLength(builtIn.requirements);
});

const wrong: [string, unknown][] = [
  [
    "scenarios: hangup has a scenario leave/fin of its own",
    { scenarios: { "leave/fin": { ...scenario, checks: {} } } },
  ],
  ["must be folder/name, such as chat/typing-ends", { scenarios: { round: scenario } }],
  ["scenarios.game/x: there is no requirement ROUND-ENDS", { scenarios: { "game/x": scenario } }],
  [
    "scenarios.game/x: its cases can't be listed: no transport",
    {
      scenarios: {
        "game/x": {
          ...scenario,
          checks: () => {
            throw new Error("no transport");
          },
        },
      },
    },
  ],
  ["game/x", { scenarios: { "game/x": { ...scenario, run: "later" } } }],
  ["must be a function", { scenarios: { "game/x": { ...scenario, run: "later" } } }],
  ["requirements: LEAVE-IN-TIME exists already", { requirements: [{ ...requirement, id: "LEAVE-IN-TIME" }] }],
  ["must be words in capitals", { requirements: [{ ...requirement, id: "round ends" }] }],
  ["requirements[0].level", { requirements: [{ ...requirement, level: "WILL" }] }],
  ["requirements", { requirements: "none" }],
  ["scenarios", { scenarios: [scenario] }],
];

test.each(wrong)("refuses with %j, and adds nothing", (words, exports) => {
  expect(() => useOwnCatalogue(exports as object, "a.ts")).toThrow(words);
  expect(scenarios).toHaveLength(builtIn.scenarios);
  expect(requirements).toHaveLength(builtIn.requirements);
});

test("names all errors at once, each with its place", () => {
  const exports = {
    scenarios: { "game/x": scenario },
    requirements: [{ ...requirement, id: "LEAVE-IN-TIME" }],
  };
  expect(() => useOwnCatalogue(exports, "a.ts")).toThrow(
    /^a\.ts: its own scenarios can't be used\n {2}requirements: LEAVE-IN-TIME .*\n {2}scenarios\.game\/x: there is no requirement ROUND-ENDS/s,
  );
});
