import type { Reporter } from "../reporter.ts";
import { renderSummary } from "../summary.ts";

export const terminal: Reporter = {
  output: "stdout",
  default: "always",
  render: (record, { color } = { color: false }) => `${renderSummary(record, { color })}\n`,
};
