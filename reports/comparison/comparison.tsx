/** @jsxRuntime automatic @jsxImportSource preact */
import { Evidence } from "./evidence.tsx";
import { targetAnchor } from "./anchor.ts";
import { Masthead } from "./masthead.tsx";
import { Matrix } from "./matrix.tsx";
import { TargetName } from "./name.tsx";
import { comparisonStyle } from "./style.ts";
import { targetsOf, type NamedRecord, type ComparedTarget } from "./target.ts";
import { renderPage } from "../html/page.tsx";
import { style } from "../html/style.ts";
import { countOf } from "../words/text.ts";

/**
 * Renders a comparison of several targets as one self-contained HTML file. Escapes, shortens and isolates every
 * string of the records.
 */
export function renderComparison(records: readonly NamedRecord[]): string {
  const targets = targetsOf(records);
  return renderPage({
    title: `${countOf(targets.length, "target")} compared – hangup`,
    style: style + comparisonStyle,
    children: [<Masthead targets={targets} />, <Body targets={targets} />],
  });
}

function Body({ targets }: { readonly targets: readonly ComparedTarget[] }) {
  return (
    <main>
      <section id="section:requirements" aria-labelledby="title:requirements">
        <h2 id="title:requirements">Requirements</h2>
        <Matrix targets={targets} />
      </section>
      {targets.map((target) => (
        <section id={targetAnchor(target)} aria-labelledby={`title:${targetAnchor(target)}`}>
          <h2 id={`title:${targetAnchor(target)}`}>
            <TargetName of={target} />
          </h2>
          <Evidence of={target} />
        </section>
      ))}
    </main>
  );
}
