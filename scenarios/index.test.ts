import { expect, test } from "vitest";
import { casesOf } from "../harness/scenario/scenario.ts";
import { scenarios } from "./index.ts";
import { requirements } from "./requirements.ts";

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
