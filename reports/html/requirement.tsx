/** @jsxRuntime automatic @jsxImportSource preact */
import { basisWords, type RequirementInRun } from "../read/requirements-in-run.ts";
import { Marked } from "./cases/value.tsx";

/** How binding a requirement is, and who says so. */
export function Binding({ of: duty }: { readonly of: RequirementInRun }) {
  return (
    <span class="binding">
      <b>{duty.level}</b> {basisWords(duty)}
    </span>
  );
}

/** The requirement's sentence, and where it comes from. */
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
