import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { styles } from "../../testing/sample-servers/styles/index.ts";
import { forEachServer } from "../../testing/sample-servers/run-cases.ts";
import { folder } from "../../testing/cli/hangup.ts";
import { runOnSample, wrongIn } from "./run-on-sample.ts";
import { axes, combinations, pairwise } from "./settings.ts";

/** Cases in which the settings matter; `npm run samples` asks the whole tier. */
const grep = "leave/(close|idle-cut|cut-in-frame)\\[|silent-drop|leaver-not-told|identify/twice";

test("each pair of a right sample server and a setting passes", async () => {
  const all = combinations({ server: Object.keys(styles), ...axes, tier: ["quick"] });
  const out = await folder();
  const wrong = await forEachServer(pairwise(all), async ({ server, ...setting }) => {
    const sample = styles[server];
    if (sample === undefined) throw new Error(`no server ${server}`);
    const title = `${server} ${JSON.stringify(setting)}`;
    const own = join(out, title.replace(/\W+/g, "-"));
    await mkdir(own);
    const asked = await runOnSample(sample, setting, { out: own, grep });
    expect(asked.record?.cases.length, title).toBeGreaterThan(5);
    return wrongIn(asked, setting).map((line) => `${title}: ${line}`);
  });
  expect(wrong.flat()).toEqual([]);
}, 180_000);
