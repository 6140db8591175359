import { expect, test } from "vitest";
import { complaintsIn, recordsOf } from "../run-cases.ts";
import { relay } from "./relay.ts";

test("a client that leaves is shown to have listened, also without join notices", async () => {
  const ids = ["order/leaver-not-told[end=disconnect]", "order/leaver-not-told[end=half-close]"];
  const records = await recordsOf(relay, { ids });
  expect(records.map(({ id }) => id)).toEqual(ids);
  expect(complaintsIn(records)).toEqual([]);
});
