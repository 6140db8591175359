import type { Reporter } from "../reporter.ts";
import { renderSummary } from "../summary.ts";

export const terminal: Reporter = {
  output: "stdout",
  default: "always",
  render: (record, options = { color: false }) => `${renderSummary(record, options)}\n`,
};
