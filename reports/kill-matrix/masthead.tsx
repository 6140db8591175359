/** @jsxRuntime automatic @jsxImportSource preact */
import { verdictSign } from "../read/digest.ts";
import { startOf } from "../html/masthead.tsx";
import { Value } from "../html/cases/value.tsx";
import type { KillMatrix } from "./record.ts";
import { headline, matrixKind, summarySentence, unbrokenSentence } from "./words.ts";

/** Does the suite find servers out that are broken on purpose? The answer, and what its reader must know besides. */
export function Masthead({ matrix }: { readonly matrix: KillMatrix }) {
  const { tool, notes, unbroken } = matrix;
  const kind = matrixKind(matrix);
  return (
    <header class={`masthead ${kind}`}>
      <p class="kicker">
        <span>
          hangup <Value of={tool.version} max={40} /> · Does the suite find broken servers out?
        </span>
        <span>{startOf(matrix)}</span>
      </p>
      <h1>
        <span aria-hidden="true">{verdictSign[kind]}</span> {headline(matrix)}
      </h1>
      <p class="lede">{summarySentence(matrix)}.</p>
      {unbroken.map((one) => (
        <p class="lede">
          <Value of={unbrokenSentence(one)} />.
        </p>
      ))}
      {notes.length === 0 ? null : (
        <ul class="notes" aria-label="Notes on this invocation">
          {notes.map((note) => (
            <li>
              <Value of={note} />
            </li>
          ))}
        </ul>
      )}
    </header>
  );
}
