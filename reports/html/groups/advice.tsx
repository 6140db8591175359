/** @jsxRuntime automatic @jsxImportSource preact */
import type { Advice } from "../../words/advice.ts";

interface AdviceBoxProps {
  readonly of: Advice;
  /** Heading above the box. */
  readonly below: "h2" | "h3";
}

/** Advice in full: explanation, code to copy, and side effects. */
export function AdviceBox({ of: { words, code, sideEffects = [] }, below }: AdviceBoxProps) {
  const Title = below === "h2" ? "h3" : "h4";
  return (
    <section class="advice">
      <Title>Fix, if this is a Spring server</Title>
      <p>{words}</p>
      {code === undefined ? null : <pre>{code}</pre>}
      {sideEffects.length === 0 ? null : (
        <>
          <Title>Side effects</Title>
          <ul>
            {sideEffects.map((effect) => (
              <li>{effect}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
