import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { casesOf } from "../harness/scenario.ts";
import { scenarios } from "./index.ts";
import { requirements } from "./requirements.ts";

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
  .filter((file) => file.includes("/") && file.endsWith(".ts") && !file.endsWith(".test.ts"))
  .filter((file) => !file.startsWith("shapes/"))
  .map((file) => file.replace(/\.ts$/, ""));

test("every scenario file is in the index, under its own name", () => {
  expect(scenarios.map(({ id }) => id).sort()).toEqual(files.sort());
});

test("case ids are unique", () => {
  const ids = scenarios.flatMap(casesOf).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("scenarios judge only what the catalogue has, and all that it has", () => {
  const judged = new Set(scenarios.flatMap(({ checks }) => Object.keys(checks)));
  expect([...judged].sort()).toEqual(requirements.map(({ id }) => id).sort());
});

test("no scenario is without a check, and no requirement of it without one", () => {
  for (const { id, checks } of scenarios) {
    expect(Object.values(checks).flat().length, id).toBeGreaterThan(0);
    for (const list of Object.values(checks)) expect(list.length, id).toBeGreaterThan(0);
  }
});

test("ids are for ever: one that is renamed here breaks baselines elsewhere", () => {
  expect(requirements.map(({ id, level, basis }) => `${id} ${level} ${basis}`)).toMatchSnapshot();
  expect(scenarios.flatMap(casesOf).map(({ id }) => id)).toMatchSnapshot();
});
