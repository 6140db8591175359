/** @jsxRuntime automatic @jsxImportSource preact */
import { Value } from "../html/cases/value.tsx";
import type { ComparedTarget } from "./target.ts";

/** Name of a target, with a number if another target has the same name. */
export function TargetName({ of: { name, number } }: { readonly of: ComparedTarget }) {
  return (
    <>
      <Value of={name} max={60} />
      {number === null ? null : ` (${number})`}
    </>
  );
}
