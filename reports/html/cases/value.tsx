/** @jsxRuntime automatic @jsxImportSource preact */
import { cutNote, show } from "../../words/text.ts";
import type { Phrase } from "../../../harness/history/events/phrase.ts";

interface ValueProps {
  readonly of: string;
  readonly max?: number;
}

/** A string of the record, in running text: isolated, so that it can't reorder what stands beside it. */
export function Value({ of, max }: ValueProps) {
  return (
    <bdi>
      <Text of={of} max={max} />
    </bdi>
  );
}

/** A string of the record that is an id or came over the wire. */
export function Code({ of, max }: ValueProps) {
  return (
    <code dir="auto">
      <Text of={of} max={max} />
    </code>
  );
}

/** A sentence of the record in which backticks mark names, such as keys of the profile. */
export function Marked({ of, max }: ValueProps) {
  const { text, cutFrom } = show(of, max);
  const parts = text.split("`");
  return (
    <bdi>
      {parts.map((part, place) => (place % 2 === 1 ? <code>{part}</code> : part))}
      <Remarks of={of} cutFrom={cutFrom} />
    </bdi>
  );
}

function Text({ of, max }: { readonly of: string; readonly max: number | undefined }) {
  const { text, cutFrom } = show(of, max);
  return (
    <>
      {text}
      <Remarks of={of} cutFrom={cutFrom} />
    </>
  );
}

function Remarks({ of, cutFrom }: { readonly of: string; readonly cutFrom: number | null }) {
  return (
    <>
      {cutFrom === null ? null : <small class="cut"> … {cutNote(cutFrom)}</small>}
      {of === "" ? <small class="cut">empty</small> : null}
    </>
  );
}

/** A sentence of ours with values of the record in it. */
export function Sentence({ of }: { readonly of: Phrase }) {
  return (
    <>
      {of.map((part) => {
        if (typeof part === "string") return part;
        const Kind = part.from === "wire" ? Code : Value;
        return <Kind of={part.value} max={part.max} />;
      })}
    </>
  );
}
