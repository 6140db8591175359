import { describedOptions } from "../../reference-server/option-table.ts";
import type { ReferenceServerOptions } from "../../reference-server/options.ts";

/** Returns the arguments of `hangup serve` for these options. Options that are functions have no argument. */
export function serveFlags(options: Partial<ReferenceServerOptions>): string[] {
  return describedOptions.flatMap(({ name, flag, kind }) => {
    const value = options[name];
    if (value === undefined || value === false) return [];
    if (kind === "switch") return [`--${flag}`];
    const texts = Array.isArray(value) ? value : [value];
    return texts.flatMap((text) => [`--${flag}`, String(text)]);
  });
}
