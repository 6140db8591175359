import { expect, test } from "vitest";
import { leaving } from "../../../testing/harness/chat-run.ts";
import type { Case } from "../../scenario/scenario.ts";
import { findKillers } from "./killer-search.ts";

const cases = Array.from({ length: 32 }, (_, place) => leaving(`n${place}`)).flat();
const ids = (group: readonly Case[]) => group.map(({ id }) => id);

/** Searches among all cases. `isDeadly` gets the ids of a group. */
async function searched(isDeadly: (ids: readonly string[], play: number) => boolean, playsMax = Infinity) {
  let plays = 0;
  const killers = await findKillers(cases, {
    kills: (group) => Promise.resolve(isDeadly(ids(group), (plays += 1))),
    mayGoOn: () => plays < playsMax,
  });
  return { killers: ids(killers), plays };
}

test.each(["n0", "n17", "n31"])("finds the one case that kills (%s), in a dozen plays", async (killer) => {
  const { killers, plays } = await searched((group) => group.includes(killer));
  expect(killers).toEqual([killer]);
  expect(plays).toBeLessThanOrEqual(12);
});

test("keeps the smallest group where no half kills alone", async () => {
  const { killers } = await searched((group) => group.includes("n1") && group.includes("n6"));
  expect(killers).toEqual(["n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7"]);
});

test("finds nobody where the target does not die again, or not each time", async () => {
  expect(await searched(() => false)).toEqual({ killers: [], plays: 1 });
  expect((await searched((group, play) => play < 7 && group.includes("n3"))).killers).toEqual([]);
  expect(await findKillers([], { kills: () => Promise.resolve(true), mayGoOn: () => true })).toEqual([]);
});

test("stops dividing when its time is over", async () => {
  const { killers, plays } = await searched((group) => group.includes("n0"), 3);
  expect(killers).toEqual(["n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7"]);
  expect(plays).toBe(4);
});
