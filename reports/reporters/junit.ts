import { create } from "xmlbuilder2";
import type { RunRecord } from "../../harness/judge/record.ts";
import type { Reporter } from "../reporter.ts";
import { groupLookup } from "../groups/finding-groups.ts";
import { folderOf, groupBy } from "../read/record-queries.ts";
import { requirementsIn } from "../read/requirements-in-run.ts";
import { resultOf, type JUnitResult } from "../words/junit-result.ts";
import { runFailures, caseStatusIn, type RunFailure } from "../read/case-status.ts";
import { plain } from "../words/text.ts";

interface Suite {
  readonly name: string;
  readonly tests: readonly Test[];
}

interface Test {
  readonly name: string;
  readonly classname: string;
  readonly durationMs: number;
  readonly result: JUnitResult | null;
}

export const junit: Reporter = { output: { file: "junit.xml" }, default: "always", render };

/**
 * Renders the record as JUnit XML: a test suite per folder of scenarios, a test per case. Inconclusive cases are
 * errors, so that they do not look passed. Accepted and not applicable cases are `skipped`. Times are seconds.
 */
function render(record: RunRecord): string {
  const suites = suitesOf(record);
  const all = suites.flatMap(({ tests }) => tests);
  const document = create({ version: "1.0", encoding: "UTF-8" });
  const root = add(document, "testsuites", {
    name: "hangup",
    tests: all.length,
    failures: countResults(all, "failure"),
    errors: countResults(all, "error"),
    time: seconds(record.durationMs),
  });
  for (const { name, tests } of suites) {
    const suite = add(root, "testsuite", {
      name,
      tests: tests.length,
      failures: countResults(tests, "failure"),
      errors: countResults(tests, "error"),
      skipped: countResults(tests, "skipped"),
      time: seconds(tests.reduce((sum, { durationMs }) => sum + durationMs, 0)),
      timestamp: plain(record.startedAt.replace(/(\.\d+)?Z$/, ""), 40),
    });
    const properties = add(suite, "properties", {});
    for (const [property, value] of propertiesOf(record))
      add(properties, "property", { name: property, value });
    for (const { result, durationMs, ...named } of tests) {
      const test = add(suite, "testcase", { ...named, time: seconds(durationMs) });
      if (result === null) continue;
      add(test, result.element, { ...result.attributes }, result.body);
    }
  }
  return `${document.end({ prettyPrint: true })}\n`;
}

type Builder = ReturnType<typeof create>;

function add(
  parent: Builder,
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  text = "",
): Builder {
  const literal = Object.entries(attributes).map(([key, value]) => [key, literally(String(value))] as const);
  const element = parent.ele(name, Object.fromEntries(literal));
  return text === "" ? element : element.txt(literally(text));
}

/** Escapes a text for the builder, which would take `&lt;` for finished markup. */
function literally(text: string): string {
  return text.replaceAll("&", "&amp;");
}

function suitesOf(record: RunRecord): readonly Suite[] {
  const context = { record, requirements: requirementsIn(record), groupOf: groupLookup(record) };
  const caseStatus = caseStatusIn(record);
  const suites = [...groupBy(record.cases, folderOf)].map(([folder, cases]) => {
    const name = plain(folder, 120);
    const tests = cases.map((run): Test => ({
      name: plain(run.id, 200),
      classname: name,
      durationMs: run.durationMs,
      result: resultOf(run, caseStatus(run), context),
    }));
    return { name, tests };
  });
  return [
    ...suites,
    ...runFailures(record).map((whole) => ({ name: "hangup", tests: [testOfWhole(whole)] })),
  ];
}

const testOfWhole = ({ name, words }: RunFailure): Test => ({
  name,
  classname: "hangup",
  durationMs: 0,
  result: {
    element: "error",
    attributes: { type: "incomplete", message: words[0] },
    body: words.join("\n"),
  },
});

function propertiesOf({ tool, target, seed }: RunRecord): readonly (readonly [string, string])[] {
  return [
    ["tool", `hangup ${plain(tool.version, 40)}`],
    ["target", plain(target.name, 120)],
    ["url", plain(target.url, 240)],
    ["seed", String(seed)],
  ];
}

function countResults(tests: readonly Test[], element: JUnitResult["element"]): number {
  return tests.filter(({ result }) => result?.element === element).length;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
