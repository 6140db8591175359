/** Runs the suite on right or broken sample servers in many settings: `npm run samples -- --help`. */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { RightServer } from "../../testing/sample-servers/sample-server.ts";
import { styles } from "../../testing/sample-servers/styles/index.ts";
import { setup } from "../../testing/cli/compiled.ts";
import { runOnSample, failingIn, findingsIn, wrongIn } from "./run-on-sample.ts";
import { axes, combinations, pairwise, type Axis, type SampleSetting } from "./settings.ts";

const help = `npm run samples -- [options]

  --server a,b       which ones: ${Object.keys(styles).join(", ")} (default: all)
  --broken           their broken ones in place of the right ones
  --pairwise         few combinations with every pair of two values
  --grep PATTERN     only such cases
  --times N          how often each (default: 1)
  --out DIR          where the reports go (default: samples-report)
${Object.entries(axes)
  .map(([axis, values]) => `  ${`--${axis} a,b`.padEnd(18)} of ${values.join(", ")} (default: all)`)
  .join("\n")}
`;

const axisOptions = Object.fromEntries(Object.keys(axes).map((axis) => [axis, { type: "string" as const }]));
const { values } = parseArgs({
  options: {
    server: { type: "string" },
    broken: { type: "boolean" },
    pairwise: { type: "boolean" },
    grep: { type: "string" },
    times: { type: "string", default: "1" },
    out: { type: "string", default: "samples-report" },
    help: { type: "boolean" },
    ...axisOptions,
  },
});

const chosen = (key: Axis | "server", all: readonly string[]): readonly string[] => {
  const given = (values as Readonly<Record<string, unknown>>)[key];
  return typeof given === "string" ? given.split(",") : all;
};

/** Returns the samples of a server, each with its name. */
function samplesOf(server: string): [string, RightServer][] {
  const sample = styles[server];
  if (sample === undefined)
    throw new Error(`no server ${server}; there are ${Object.keys(styles).join(", ")}`);
  if (values.broken !== true) return [[server, sample]];
  return sample.defects.map(({ description, application }) => [
    `${server}: ${description}`,
    { ...sample, application },
  ]);
}

async function ask(name: string, sample: RightServer, setting: SampleSetting): Promise<void> {
  const shown = Object.entries(setting).map(([axis, value]) => `${axis}=${value}`);
  const title = [name, ...shown].join(" ");
  const out = join(values.out, title.replace(/\W+/g, "-"));
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const asked = await runOnSample(sample, setting, { out, grep: values.grep });
  const { record, exitCode } = asked;
  const seconds = Math.round((record?.durationMs ?? 0) / 1_000);
  const lagMs = Math.round(Math.max(record?.lag.maxMs ?? 0, record?.lag.proxy.maxMs ?? 0));
  console.log(
    `${title}: exit ${String(exitCode)}, ${record?.cases.length ?? 0} cases, ${seconds} s, lag ${lagMs} ms`,
  );
  if (values.broken === true && record !== undefined) {
    for (const one of failingIn(record)) console.log(`  fails: ${one}`);
    for (const line of findingsIn(record)) console.log(`    ${line}`);
    return;
  }
  const wrong = wrongIn(asked, setting);
  for (const line of wrong) console.log(`  ${line}`);
  if (wrong.length > 0) process.exitCode = 1;
}

if (values.help === true) console.log(help);
else {
  await setup();
  const choices = {
    server: chosen("server", Object.keys(styles)),
    ...(Object.fromEntries(
      Object.entries(axes).map(([axis, all]) => [axis, chosen(axis as Axis, all)]),
    ) as Record<Axis, readonly string[]>),
  };
  const all = combinations(choices);
  for (const { server, ...setting } of values.pairwise === true ? pairwise(all) : all)
    for (let time = 0; time < Number(values.times); time += 1)
      for (const [name, sample] of samplesOf(server)) await ask(name, sample, setting);
}
