import { expect, test } from "vitest";
import { causes, faultNamesOf } from "../../profile/causes.ts";
import { files } from "../../profile/fault-files.generated.ts";
import type { Fault } from "./fault.ts";

/** What the faults of a file take beside their actor. */
const options: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  "before-connect": [["SEND"], ["SUBSCRIBE"]],
  blackhole: [[], [{ direction: "to-target" }], [{ direction: "from-target" }]],
  "cut-handshake": [[{ at: "request" }], [{ at: "answer" }]],
  outage: [[], [{ direction: "to-target" }], [{ direction: "from-target" }]],
  "silent-drop": [["packets-lost"], ["behind-proxy"], ["frozen"]],
};

test.each(files)(
  "faults of %s bear their file's names, which a profile may give a deadline",
  async (file) => {
    const exports = (await import(
      /* @vite-ignore */ new URL(`./${file}.ts`, import.meta.url).href
    )) as Readonly<Record<string, unknown>>;
    const makes = Object.values(exports).filter(
      (one): one is (...args: readonly unknown[]) => Fault | string => typeof one === "function",
    );
    const made = makes.flatMap((make) => (options[file] ?? [[]]).map((given) => make({}, ...given)));
    const names = made.flatMap((fault) => (typeof fault === "string" ? [] : [fault.name]));
    expect([...new Set(names)].sort()).toEqual([...faultNamesOf(file)].sort());
    expect(causes).toEqual(expect.arrayContaining(names));
  },
);
