import { appendFile } from "node:fs/promises";
import type { RunRecord } from "../../harness/judge/record.ts";
import type { Reporter } from "../../reports/reporter.ts";
import { files } from "../../reports/reporters/index.generated.ts";
import { UsageError } from "../exit.ts";
import { terminalColumns } from "./terminal-width.ts";

const all: readonly NamedReporter[] = Object.entries<Reporter>(files).map(([name, reporter]) => ({
  name,
  ...reporter,
}));

interface NamedReporter extends Reporter {
  readonly name: string;
}

export interface ReporterOptions {
  /** Names, separated by commas. They replace the default reporters. */
  readonly reporter?: string;
  /** Prints the record to standard output in place of the summary. */
  readonly json?: boolean;
}

/** Reporters of one run. */
export interface Reporters {
  /** Renders each report file; undefined for a file that this run does not write. */
  readonly files: Readonly<Record<string, Reporter["render"] | undefined>>;
  /** Prints the report to standard output, and appends to GitHub's step summary. */
  readonly print: (record: RunRecord, html: string | undefined) => Promise<void>;
}

/**
 * Returns the reporters that the options name, or the default ones.
 * @throws UsageError for an unknown name, and for reporters that can't share standard output
 */
export function reportersOf({ reporter, json }: ReporterOptions): Reporters {
  const named = reporter === undefined ? defaultReporters() : namedReporters(reporter);
  const chosen =
    json === true
      ? [...named.filter(({ output }) => typeof output === "object"), ...namedReporters("json")]
      : named;
  const [printed, another] = chosen.filter(({ output }) => output === "stdout");
  const added = chosen.filter(({ output }) => output === "after-terminal");
  if (printed !== undefined && another !== undefined)
    throw new UsageError(
      `--reporter: ${printed.name} and ${another.name} both write to standard output. Name one of them.`,
    );
  if (printed !== undefined && printed.name !== "terminal" && added[0] !== undefined)
    throw new UsageError(
      `--reporter: the lines of ${added[0].name} would spoil what ${printed.name} writes. Name one of them.`,
    );
  return {
    files: Object.fromEntries(
      all.flatMap(({ name, output, render }) =>
        typeof output === "object"
          ? [[output.file, chosen.some((one) => one.name === name) ? render : undefined]]
          : [],
      ),
    ),
    async print(record, html) {
      // Without cases the error on standard error says everything.
      if (printed !== undefined && (printed.name !== "terminal" || record.cases.length > 0))
        process.stdout.write(printed.render(record, { color: hasColor(), width: terminalColumns() }));
      if (printed?.name === "terminal" && html !== undefined) process.stdout.write(`Report: ${html}\n`);
      for (const { render } of added) process.stdout.write(render(record));
      const summary = process.env["GITHUB_STEP_SUMMARY"] ?? "";
      for (const { renderStepSummary } of chosen)
        if (summary !== "" && renderStepSummary !== undefined)
          await appendFile(summary, renderStepSummary(record));
    },
  };
}

/** Names of the reporters that write files by default, for `--reporter`. */
export const fileReporters = all
  .filter(({ output, default: when }) => typeof output === "object" && when === "always")
  .map(({ name }) => name)
  .join(",");

/** Returns the names for a help text, those of the default reporters first. */
export function reporterHelp(): string {
  const named = (when: Reporter["default"]) =>
    all.filter((one) => one.default === when).map(({ name }) => name);
  return [
    `Default reporters: ${named("always").join(", ")}`,
    `On GitHub also: ${named("on GitHub").join(", ")}`,
    `Other reporters: ${named("never").join(", ")}`,
  ].join("\n");
}

function defaultReporters(): readonly NamedReporter[] {
  const onGitHub = process.env["GITHUB_ACTIONS"] === "true";
  return all.filter(({ default: when }) => when === "always" || (onGitHub && when === "on GitHub"));
}

function namedReporters(list: string): readonly NamedReporter[] {
  const names = list.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !all.some((one) => one.name === name));
  if (unknown !== undefined)
    throw new UsageError(
      `--reporter: unknown reporter "${unknown}". Known reporters: ${all.map(({ name }) => name).join(", ")}`,
    );
  return all.filter(({ name }) => names.includes(name));
}

/** Honors https://no-color.org. */
const hasColor = () => process.stdout.isTTY && (process.env["NO_COLOR"] ?? "") === "";
