import { appendFile } from "node:fs/promises";
import type { RunRecord } from "../../harness/judge/record.ts";
import { renderCtrf } from "../../reports/pipeline/ctrf.ts";
import { renderAnnotations } from "../../reports/pipeline/github.ts";
import { renderHtml } from "../../reports/html.tsx";
import { renderJUnit } from "../../reports/pipeline/junit.ts";
import { renderMarkdown } from "../../reports/pipeline/markdown.ts";
import { renderSummary } from "../../reports/summary.ts";
import { renderTap } from "../../reports/pipeline/tap.ts";
import { UsageError } from "../exit.ts";

/** Reporters that write a file into the run's folder. */
const toFile = {
  html: { file: "report.html", render: renderHtml },
  junit: { file: "junit.xml", render: renderJUnit },
  ctrf: { file: "ctrf.json", render: renderCtrf },
  markdown: { file: "summary.md", render: renderMarkdown },
} as const;

/** Reporters that have standard output for themselves: one at most. */
const toOutput = {
  terminal: (record: RunRecord) => `${renderSummary(record, { color: colorWanted() })}\n`,
  json: (record: RunRecord) => `${JSON.stringify(record, null, 2)}\n`,
  tap: renderTap,
} as const;

type ToFile = keyof typeof toFile;
type ToOutput = keyof typeof toOutput;
export type Reporter = ToFile | ToOutput | "github";

const isToFile = (name: string): name is ToFile => name in toFile;
const isToOutput = (name: string): name is ToOutput => name in toOutput;

const all: readonly Reporter[] = ["terminal", "json", "tap", "html", "junit", "ctrf", "markdown", "github"];
const usual: readonly Reporter[] = ["terminal", "html", "junit", "ctrf", "markdown"];

export interface ReporterOptions {
  /** Names, separated by commas. They replace the usual ones. */
  readonly reporter?: string;
  /** The record on standard output in place of the summary. */
  readonly json?: boolean;
}

/** How a run is told. */
export interface Reporters {
  /** The files of a run's folder, and what goes into them; undefined for one that is not asked for. */
  readonly files: Readonly<Record<string, ((record: RunRecord) => string) | undefined>>;
  /** Tells what goes to standard output, and to GitHub's step summary. */
  readonly tell: (record: RunRecord, html: string | undefined) => Promise<void>;
}

/**
 * The reporters that are asked for; the usual ones where none is, and GitHub's on GitHub.
 * @throws UsageError for a name that there is not, and for two that want standard output
 */
export function reportersOf({ reporter, json }: ReporterOptions): Reporters {
  const named = reporter === undefined ? byDefault() : namesIn(reporter);
  const names = json === true ? [...named.filter((name) => isToFile(name)), "json" as const] : named;
  const outputs = names.filter(isToOutput);
  const [output] = outputs;
  if (outputs.length > 1)
    throw new UsageError(`--reporter: ${outputs.join(" and ")} both want standard output; name one of them`);
  if (output !== undefined && output !== "terminal" && names.includes("github"))
    throw new UsageError(
      `--reporter: github's annotations would spoil what ${output} writes; name one of them`,
    );
  return {
    files: Object.fromEntries(
      Object.entries(toFile).map(([name, { file, render }]) => [
        file,
        names.some((one) => one === name) ? render : undefined,
      ]),
    ),
    async tell(record, html) {
      if (output !== undefined) process.stdout.write(toOutput[output](record));
      if (output === "terminal" && html !== undefined) process.stdout.write(`Report: ${html}\n`);
      if (names.includes("github")) await tellGitHub(record);
    },
  };
}

const byDefault = (): readonly Reporter[] =>
  process.env["GITHUB_ACTIONS"] === "true" ? [...usual, "github"] : usual;

function namesIn(list: string): Reporter[] {
  const names = list.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !all.some((one) => one === name));
  if (unknown !== undefined)
    throw new UsageError(`--reporter: there is no reporter "${unknown}"; there are ${all.join(", ")}`);
  return all.filter((one) => names.includes(one));
}

async function tellGitHub(record: RunRecord): Promise<void> {
  process.stdout.write(renderAnnotations(record));
  const summary = process.env["GITHUB_STEP_SUMMARY"];
  if (summary !== undefined && summary !== "") await appendFile(summary, renderMarkdown(record));
}

/** https://no-color.org */
const colorWanted = () => process.stdout.isTTY && (process.env["NO_COLOR"] ?? "") === "";
