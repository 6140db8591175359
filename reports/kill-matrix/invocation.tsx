/** @jsxRuntime automatic @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import { startOf } from "../html/masthead.tsx";
import { Value } from "../html/cases/value.tsx";
import { count, countOf, duration } from "../words/text.ts";
import type { KillMatrix } from "./record.ts";

/** Where and how it took place. */
export function Invocation({ matrix }: { readonly matrix: KillMatrix }) {
  const { environment, everyCase, selected, lagMaxMs, exitCode, notRun } = matrix;
  return (
    <dl class="facts">
      <Fact term="Started">{startOf(matrix)}</Fact>
      <Fact term="Took">{duration(matrix.durationMs)}</Fact>
      <Fact term="Exit code">{exitCode}</Fact>
      <Fact term="Mutants">{selected === null ? "all" : `${count(selected.length)} by name`}</Fact>
      <Fact term="Not run">
        <Value of={notRun.length === 0 ? "none" : notRun.join(", ")} />
      </Fact>
      <Fact term="Cases">
        {everyCase
          ? "every case"
          : "of what a mutant breaks, and a smoke set; all of these where some do not find it out"}
      </Fact>
      <Fact term="Harness lag">at most {duration(lagMaxMs)}</Fact>
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
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
