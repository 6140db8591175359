import type { Reporter } from "../reporter.ts";

export const json: Reporter = {
  output: "stdout",
  default: "never",
  render: (record) => `${JSON.stringify(record, null, 2)}\n`,
};
