/** @jsxRuntime automatic @jsxImportSource preact */
import type { RunRecord } from "../../harness/judge/record.ts";
import { notApplicable } from "../read/record-queries.ts";
import { countOf, duration } from "../words/text.ts";
import { caseAnchor, requirementAnchor } from "./anchor.ts";
import { startOf } from "./masthead.tsx";
import { Fact } from "./fact.tsx";
import { Code, Value } from "./cases/value.tsx";

/** Characters of the profile that are shown. The record has all. */
const profileShown = 20_000;
const casesNamed = 12;

/** Facts about the run that its verdicts depend on. */
export function Run({ record }: { readonly record: RunRecord }) {
  const { environment, lag, seed, exitCode, target } = record;
  return (
    <>
      <dl class="facts">
        <Fact term="Started">{startOf(record)}</Fact>
        <Fact term="Took">
          {duration(record.durationMs)}; the longest window of a leave is {duration(record.longestWindowMs)}
        </Fact>
        <Fact term="Exit code">{exitCode}</Fact>
        <Fact term="Seed">{seed}</Fact>
        <Fact term="Harness lag">
          median {duration(lag.p50Ms)}, at most {duration(lag.maxMs)}; through a proxy and back{" "}
          {duration(lag.proxy.p50Ms)} and {duration(lag.proxy.maxMs)}
        </Fact>
        <Fact term="Browser">
          {environment.browser === null ? "none" : <Value of={environment.browser} max={80} />}
        </Fact>
        <Fact term="Node">
          <Value of={environment.node} max={80} />
        </Fact>
        <Fact term="Machine">
          <Value of={environment.platform} max={80} />, {countOf(environment.cpus, "CPU")}
        </Fact>
      </dl>
      <Waivers record={record} />
      <details>
        <summary>The target's profile</summary>
        <pre>
          {JSON.stringify(target.profile, null, 2)
            .slice(0, profileShown)
            .split("\n")
            .map((line) => (
              <>
                <Code of={line} />
                {"\n"}
              </>
            ))}
        </pre>
      </details>
    </>
  );
}

function Waivers({ record: { waivers } }: { readonly record: RunRecord }) {
  if (waivers.length === 0) return <p class="aside">Nothing was waived.</p>;
  return (
    <>
      <h3>Waived by the profile</h3>
      <ul class="reasons">
        {waivers.map(({ requirement, reason }) => (
          <li>
            <a href={`#${requirementAnchor(requirement)}`}>
              <Code of={requirement} max={80} />
            </a>{" "}
            <Value of={reason} max={600} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Checks that do not apply to this target, with reasons. */
export function NotApplicable({ record }: { readonly record: RunRecord }) {
  return (
    <ul class="reasons">
      {notApplicable(record).map(({ reason, checks, cases }) => (
        <li>
          <Value of={reason} max={600} />
          <p class="aside">
            {countOf(checks, "check")} in {countOf(cases.length, "case")}:{" "}
            {cases.slice(0, casesNamed).map((run, place) => (
              <>
                {place === 0 ? "" : ", "}
                <a href={`#${caseAnchor(run)}`}>
                  <Code of={run.id} max={80} />
                </a>
              </>
            ))}
            {cases.length > casesNamed ? ` and ${String(cases.length - casesNamed)} more` : ""}
          </p>
        </li>
      ))}
    </ul>
  );
}
