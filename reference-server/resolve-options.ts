import { describedOptions } from "./option-table.ts";
import { defaultOptions } from "./options.ts";
import type { ReferenceServerOptions } from "./options.ts";

/** Returns `options` with the defaults filled in. Throws a RangeError that names the option and its range. */
export function resolveOptions(options: Partial<ReferenceServerOptions>): ReferenceServerOptions {
  const resolved = { ...defaultOptions, ...options };
  for (const option of describedOptions) {
    const value = resolved[option.name];
    if (option.kind === "choice" && !option.choices.some((choice) => choice === value)) {
      throw new RangeError(
        `${option.name} must be one of ${option.choices.join(", ")}, not ${String(value)}`,
      );
    }
    if (option.kind !== "number") continue;
    const { name, min, max } = option;
    if (!(Number(value) >= min && Number(value) <= max)) {
      throw new RangeError(`${name} must be a number from ${min} to ${max}, not ${String(value)}`);
    }
  }
  return resolved;
}
