/** @jsxRuntime automatic @jsxImportSource preact */
import { Value } from "../html/cases/value.tsx";
import type { ComparedTarget } from "./target.ts";

/** What a target is called, with a number where another has the same name. */
export function TargetName({ of: { name, number } }: { readonly of: ComparedTarget }) {
  return (
    <>
      <Value of={name} max={60} />
      {number === null ? null : ` (${number})`}
    </>
  );
}
