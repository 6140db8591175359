import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { killMatrixSchema, columnKey, type KillMatrix } from "../reports/kill-matrix/record.ts";
import { foundBy, howFound, unbrokenSentence } from "../reports/kill-matrix/words.ts";
import { countOf, duration } from "../reports/words/text.ts";
import { idleChecks } from "../cli/mutants/conclude.ts";
import { paddedTable } from "./padded-table.ts";

const dateOf = ({ startedAt }: KillMatrix): string => startedAt.slice(0, 10);

/**
 * Renders docs/mutants.md: the result of each mutant with all cases.
 * @param whole kill matrix of all mutants with every case
 * @param again later kill matrices of some mutants, which replace their earlier results
 * @throws Error if the first is not complete, a later one has fewer cases, or names an unknown mutant
 */
export function mutantsPage(whole: KillMatrix, again: readonly KillMatrix[] = []): string {
  const { environment, unbroken, tool } = whole;
  if (whole.idleChecks === null)
    throw new Error("the first kill matrix has to be of all mutants, to its end");
  for (const { everyCase, interrupted, mutants } of [whole, ...again]) {
    if (!everyCase || interrupted)
      throw new Error("the page is about every case: hangup mutants --all, to its end");
    const unknown = mutants.find(({ name }) => !whole.mutants.some((one) => one.name === name));
    if (unknown !== undefined) throw new Error(`${unknown.name} is none of the first kill matrix's mutants`);
  }
  const later = new Map(again.flatMap((matrix) => matrix.mutants.map((mutant) => [mutant.name, mutant])));
  const mutants = whole.mutants.map((mutant) => later.get(mutant.name) ?? mutant);
  const judged = mutants.flatMap((mutant) => mutant.judged);
  const columns = new Map([...whole.idleChecks, ...judged].map((column) => [columnKey(column), column]));
  const idle = idleChecks(mutants, [...columns.values()]);
  const unexpected = mutants.filter((mutant) => mutant.unexpected.length > 0);
  const others = mutants.filter(({ state }) => state !== "killed");
  const { browser, cpus, node, platform } = environment;
  return [
    "# What the suite catches",
    "",
    "Every mutant is the reference server with one mistake in it. This is what became of each when it was asked every case of the",
    "full tier: `hangup mutants --all`.",
    "",
    `- **${dateOf(whole)}**, hangup ${tool.version}, ${platform}, ${countOf(cpus, "processor")}, Node ${node.slice(1)}, ${browser ?? "no browser"}, in ${duration(whole.durationMs)}.`,
    `- **${mutants.length - others.length} of ${countOf(mutants.length, "mutant")} killed for their reason**: by a failure of what they break, with evidence, in a case that`,
    "  the unbroken server passes.",
    ...unbroken.map((one) => `- ${unbrokenSentence(one)}.`),
    ...listed(
      "The others",
      others.map((one) => `${code(one.name)}, ${howFound(one)}`),
    ),
    ...listed(
      "Failures that a mutant does not say it causes",
      unexpected.map((one) => `${code(one.name)}, ${foundBy(one.unexpected)}`),
    ),
    ...listed(
      "Checks that no mutant fails",
      idle.map(({ requirement, check }) => `${requirement} ${code(check)}`),
    ),
    ...again.map(
      (matrix) =>
        `- Asked again on ${dateOf(matrix)}, since checks, scenarios or what they say of themselves had changed: ${matrix.mutants.map(({ name }) => code(name)).join(", ")}.`,
    ),
    "",
    ...paddedTable([
      ["mutant", "its mistake", "breaks", "found by", "failed cases"],
      ...mutants.map((mutant) => [
        code(mutant.name),
        mutant.description.replace(/\.$/, ""),
        mutant.breaks.join(", "),
        howFound(mutant),
        String(mutant.cases.fail),
      ]),
    ]),
    "",
    "Made by `npx tsx tools/mutants-page.ts kill-matrix.json [of-some-again.json …]`, not by hand.",
    "",
  ].join("\n");
}

const code = (text: string): string => `\`${text}\``;

const listed = (title: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : [`- ${title}:`, ...items.map((item) => `  - ${item}`)];

function main(files: readonly string[]): void {
  const [whole, ...again] = files.map((file) =>
    killMatrixSchema.parse(JSON.parse(readFileSync(file, "utf8"))),
  );
  if (whole === undefined)
    throw new Error("which kill matrix? Give the kill-matrix.json of hangup mutants --all");
  writeFileSync(new URL("../docs/mutants.md", import.meta.url), mutantsPage(whole, again));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main(process.argv.slice(2));
