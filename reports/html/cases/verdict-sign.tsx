/** @jsxRuntime automatic @jsxImportSource preact */
import type { VerdictKind } from "../../../harness/judge/verdict.ts";
import { verdictSign, verdictWord } from "../../read/record-queries.ts";

/** Sign of a verdict, in its color, with its word for screen readers. */
export function Sign({ of: kind }: { readonly of: VerdictKind }) {
  return (
    <span class={`sign ${kind}`} role="img" aria-label={verdictWord[kind]}>
      {verdictSign[kind]}
    </span>
  );
}

/** Sign and word of a verdict. */
export function VerdictWord({ of: kind }: { readonly of: VerdictKind }) {
  return (
    <span class={`verdict ${kind}`}>
      {verdictSign[kind]} {verdictWord[kind]}
    </span>
  );
}
