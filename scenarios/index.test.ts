import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { casesOf } from "../harness/scenario/scenario.ts";
import { scenarios } from "./index.ts";
import { requirements } from "./requirements.ts";

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
  .filter((file) => file.includes("/") && file.endsWith(".ts") && !file.endsWith(".test.ts"))
  .filter(
    (file) =>
      !/^(requirements|shapes)\/|^properties\/(as-played|counts|draw|interpret|judge|plan|sessions|shrink)\.ts$/.test(
        file,
      ),
  )
  .map((file) => file.replace(/\.ts$/, ""));

test("every scenario file is in the index, under its own name", () => {
  expect(scenarios.map(({ id }) => id).sort()).toEqual(files.sort());
});

test("case ids are unique", () => {
  const ids = scenarios.flatMap(casesOf).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("every scenario asks whether living clients stay connected, where there is one that only lives", () => {
  const askNot = scenarios.filter((one) =>
    casesOf(one).some(({ checks }) => !("OTHERS-STAY-CONNECTED" in checks)),
  );
  expect(askNot.map(({ id }) => id)).toEqual([
    "browser/session-id",
    "cleanup/mapping-gone-at-notice",
    "connect/highest-version",
    "connect/sockjs-opens-first",
    "heartbeats/server-keeps-its-promise",
    "probe/connect-headers",
    "probe/interceptor-sees-frames",
    "restart/graceful-stop",
  ]);
});

test("ids are for ever: one that is renamed here breaks baselines elsewhere", () => {
  expect(requirements.map(({ id, level, basis }) => `${id} ${level} ${basis}`)).toMatchSnapshot();
  expect(scenarios.flatMap(casesOf).map(({ id }) => id)).toMatchSnapshot();
});
