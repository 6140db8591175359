import { InvalidArgumentError, Option, type Command } from "commander";
import { defaultOptions, type ReferenceServerOptions } from "../../reference-server/options.ts";
import { describedOptions, type DescribedOption } from "../../reference-server/option-table.ts";

/** Adds an option to `serve` for each setting of the reference server. */
export function addServerOptions(command: Command): void {
  for (const described of describedOptions) command.addOption(optionOf(described));
}

/** Returns the given options under the names of the server's settings. */
export function serverOptions(given: Readonly<Record<string, unknown>>): Partial<ReferenceServerOptions> {
  return Object.fromEntries(
    describedOptions.flatMap((described) => {
      const value = given[optionOf(described).attributeName()];
      return value === undefined ? [] : [[described.name, value]];
    }),
  );
}

function optionOf(described: DescribedOption): Option {
  const { flag, description, kind, name } = described;
  const value =
    kind === "number" ? " <n>" : kind === "switch" ? "" : ` <${kind === "choice" ? "which" : "text"}>`;
  const option = new Option(`--${flag}${value}`, description);
  if (described.kind === "number") option.argParser((text) => numberIn(described, text));
  if (described.kind === "choice") option.choices([...described.choices]);
  if (described.kind === "texts")
    option.argParser((text, before: string[] | undefined) => [...(before ?? []), text]);
  // On the command line, a fixed default port is more useful than a random one.
  return kind === "texts" || kind === "switch"
    ? option
    : option.default(name === "port" ? 8080 : defaultOptions[name]);
}

function numberIn({ min, max }: Extract<DescribedOption, { kind: "number" }>, text: string): number {
  const number = Number(text);
  if (text.trim() === "" || !(number >= min && number <= max)) {
    throw new InvalidArgumentError(`It must be a number from ${min} to ${max}.`);
  }
  return number;
}
