/** @jsxRuntime automatic @jsxImportSource preact */
import { basisWords, type RequirementInRun } from "../read/requirements-in-run.ts";
import { Marked } from "./cases/value.tsx";

/** Level of a requirement, and its source. */
export function Binding({ of: requirement }: { readonly of: RequirementInRun }) {
  return (
    <span class="binding">
      <b>{requirement.level}</b> {basisWords(requirement)}
    </span>
  );
}

/** Sentence of the requirement, and its citation. */
export function RequirementSentence({ of: { text, citation } }: { readonly of: RequirementInRun }) {
  return (
    <>
      <Marked of={text} max={600} />{" "}
      <cite>
        <Marked of={citation} max={240} />
      </cite>
    </>
  );
}
