/** @jsxRuntime automatic @jsxImportSource preact */
import { basisWords, type RequirementInRun } from "../read/requirements-in-run.ts";
import { Marked } from "./cases/value.tsx";

/** How binding a requirement is, and who says so. */
export function Binding({ of: requirement }: { readonly of: RequirementInRun }) {
  return (
    <span class="binding">
      <b>{requirement.level}</b> {basisWords(requirement)}
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
