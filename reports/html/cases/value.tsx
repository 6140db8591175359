/** @jsxRuntime automatic @jsxImportSource preact */
import { cutNote, show } from "../../words/text.ts";
import type { Phrase } from "../../../harness/history/events/phrase.ts";

interface ValueProps {
  readonly of: string;
  readonly max?: number;
}

/** String of the record in running text, isolated so that it can't reorder the text around it. */
export function Value({ of, max }: ValueProps) {
  return (
    <bdi>
      <Text of={of} max={max} />
    </bdi>
  );
}

/** String of the record that is an id or came from the network. */
export function Code({ of, max }: ValueProps) {
  return (
    <code dir="auto">
      <Text of={of} max={max} />
    </code>
  );
}

/** Sentence of the record in which backticks mark names, such as profile keys. */
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

/** Own sentence that contains values of the record. */
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
