/** @jsxRuntime automatic @jsxImportSource preact */
import { readFileSync } from "node:fs";
import type { RunRecord } from "../../../harness/judge/record.ts";
import type { VerdictKind } from "../../../harness/judge/verdict.ts";
import { kindOf, verdictSign, verdictWord } from "../../read/record-queries.ts";

/** Script of the page, the same for every record. */
export const pageScript = readFileSync(new URL("../in-page.js", import.meta.url), "utf8");

const kinds: readonly VerdictKind[] = ["fail", "inconclusive", "pass", "not-applicable"];

/** Filter for the list of cases. Its script makes it visible. */
export function Filter({ record: { cases } }: { readonly record: RunRecord }) {
  const present = new Set(cases.map(kindOf));
  return (
    <div class="filter" role="search" aria-label="Cases" hidden>
      <label>
        Find <input type="search" placeholder="scenario, requirement, axis" autocomplete="off" />
      </label>
      <fieldset>
        <legend class="unseen">Verdicts</legend>
        {kinds
          .filter((kind) => present.has(kind))
          .map((kind) => (
            <label>
              <input type="checkbox" value={kind} checked autocomplete="off" />{" "}
              <span class={`verdict ${kind}`}>
                {verdictSign[kind]} {verdictWord[kind]}
              </span>
            </label>
          ))}
      </fieldset>
      <p role="status" class="aside" />
    </div>
  );
}
