/**
 * Renews the signatures of mutants: `npm run signatures -- DIR [mutant …]`. Plays the mutants, keeps the results in DIR, a file for each, and
 * writes reports/diagnosis/signatures.json. Without names it plays those that have no file yet. All of them take about half an hour
 * on a quiet machine with two processors.
 */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { builtInSuite } from "../../cli/mutants/mutants.ts";
import type { DeclaredMutant } from "../../cli/mutants/judge-mutant.ts";
import { runOnServer } from "../../cli/mutants/run-on-server.ts";
import { startBrowser } from "../../cli/start-browser.ts";
import type { Case } from "../../harness/scenario/scenario.ts";
import { casesFor, casesOfSignatures } from "./played.ts";
import { writeSignatures } from "./write-signatures.ts";

/** Mutants that are played side by side. */
const atOnce = 3;
const workers = 8;

const [folder, ...names] = process.argv.slice(2);
if (folder === undefined) throw new Error("which folder? npm run signatures -- DIR [mutant …]");
await mkdir(folder, { recursive: true });
const all = casesOfSignatures();
const browser = await startBrowser(undefined, true);
process.setSourceMapsEnabled(false);

async function play(name: string, cases: readonly Case[], mutant?: DeclaredMutant): Promise<void> {
  const startedMs = performance.now();
  const { options = {} } = mutant ?? {};
  const result = await runOnServer(
    { start: () => builtInSuite.start(options, mutant?.name), options, cases, workers },
    { browser, runToken: Math.floor(startedMs).toString(36), signal: new AbortController().signal },
  );
  await writeFile(join(folder ?? "", `${name}.json`), JSON.stringify({ at: new Date(), ...result }));
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  console.log(
    `${name}: ${result.cases.length} of ${cases.length} cases in ${seconds} s ${result.trouble ?? ""}`,
  );
}

const played = await readdir(folder);
const isWanted = (name: string) =>
  names.length === 0 ? !played.includes(`${name}.json`) : names.includes(name);
const wanted = builtInSuite.mutants.filter(({ name }) => isWanted(name));
if (isWanted("unbroken")) await play("unbroken", all);
const queue = wanted.values();
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    for (const mutant of queue) await play(mutant.name, casesFor(mutant, all), mutant);
  }),
);
await browser.browser?.close();
await writeSignatures(folder);
// A client that was killed may leave a handle.
process.exit();
