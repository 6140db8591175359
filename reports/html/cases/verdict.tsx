/** @jsxRuntime automatic @jsxImportSource preact */
import type { VerdictKind } from "../../../harness/judge/verdict.ts";
import { verdictSign, verdictWord } from "../../read/record-queries.ts";

/** A verdict, told by sign and colour, and by its word to those who see neither. */
export function Sign({ of: kind }: { readonly of: VerdictKind }) {
  return (
    <span class={`sign ${kind}`} role="img" aria-label={verdictWord[kind]}>
      {verdictSign[kind]}
    </span>
  );
}

/** A verdict with its word. */
export function VerdictWord({ of: kind }: { readonly of: VerdictKind }) {
  return (
    <span class={`verdict ${kind}`}>
      {verdictSign[kind]} {verdictWord[kind]}
    </span>
  );
}
