/** @jsxRuntime automatic @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import { renderPage } from "../html/page.tsx";
import { style } from "../html/style.ts";
import { Idle, isIdle } from "./idle.tsx";
import { Invocation } from "./invocation.tsx";
import { Masthead } from "./masthead.tsx";
import { Matrix } from "./matrix.tsx";
import { Mutant } from "./mutant.tsx";
import type { KillMatrix } from "./record.ts";
import { matrixStyle } from "./style.ts";
import { headline } from "./words.ts";
import { isWrong, Wrong } from "./wrong.tsx";
import { count } from "../words/text.ts";

/** The kill matrix as one HTML file, complete in itself. Every string of it is escaped, cut and isolated. */
export function renderKillMatrix(matrix: KillMatrix): string {
  return renderPage({
    title: `${headline(matrix)} – hangup`,
    style: style + matrixStyle,
    children: <Content matrix={matrix} />,
  });
}

interface Part {
  readonly id: string;
  readonly title: string;
  readonly number?: number;
  readonly content: ComponentChildren;
}

function Content({ matrix }: { readonly matrix: KillMatrix }) {
  const parts = partsOf(matrix);
  return (
    <>
      <Masthead matrix={matrix} />
      <nav aria-label="Parts of this page">
        {parts.map(({ id, title, number }) => (
          <a href={`#section:${id}`}>
            {title} {number === undefined ? null : <small>{count(number)}</small>}
          </a>
        ))}
      </nav>
      <main>
        {parts.map(({ id, title, number, content }) => (
          <section id={`section:${id}`} aria-labelledby={`title:${id}`}>
            <h2 id={`title:${id}`}>
              {title} {number === undefined ? null : <small>{count(number)}</small>}
            </h2>
            {content}
          </section>
        ))}
      </main>
    </>
  );
}

/** What is wrong comes first; a part with nothing to say is left out. */
function partsOf(matrix: KillMatrix): readonly Part[] {
  const { mutants } = matrix;
  const parts: readonly (Part | null)[] = [
    isWrong(matrix) ? { id: "wrong", title: "What is wrong", content: <Wrong matrix={matrix} /> } : null,
    { id: "matrix", title: "Matrix", content: <Matrix matrix={matrix} /> },
    isIdle(matrix) ? { id: "idle", title: "Not put to the test", content: <Idle matrix={matrix} /> } : null,
    {
      id: "mutants",
      title: "Mutants",
      number: mutants.length,
      content: mutants.map((mutant) => <Mutant of={mutant} />),
    },
    { id: "invocation", title: "The invocation", content: <Invocation matrix={matrix} /> },
  ];
  return parts.filter((part) => part !== null);
}
