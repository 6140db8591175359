import { expect, test } from "vitest";
import { complaintsIn, recordsOf } from "../run-cases.ts";
import { relay } from "./relay.ts";

test("whoever leaves is shown to have listened also where no joins are told", async () => {
  const ids = ["order/leaver-not-told[end=disconnect]", "order/leaver-not-told[end=half-close]"];
  const records = await recordsOf(relay, { ids });
  expect(records.map(({ id }) => id)).toEqual(ids);
  expect(complaintsIn(records)).toEqual([]);
});
