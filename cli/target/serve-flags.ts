import { describedOptions } from "../../reference-server/option-table.ts";
import type { ReferenceServerOptions } from "../../reference-server/options.ts";

/** The arguments of `hangup serve` that stand for these options; those that are functions have none. */
export function serveFlags(options: Partial<ReferenceServerOptions>): string[] {
  return describedOptions.flatMap(({ name, flag, kind }) => {
    const value = options[name];
    if (value === undefined || value === false) return [];
    if (kind === "switch") return [`--${flag}`];
    const texts = Array.isArray(value) ? value : [value];
    return texts.flatMap((text) => [`--${flag}`, String(text)]);
  });
}
