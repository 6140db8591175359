/** @jsxRuntime automatic @jsxImportSource preact */
import type { Advice, SpringAdvice } from "../../advice/advice-for.ts";

interface AdviceBoxProps {
  readonly of: Advice;
  /** Heading above the box. */
  readonly below: "h2" | "h3";
}

/** Advice in full: words, Java class to copy, side effects, and Spring's reference. */
export function AdviceBox({ of: { general, spring }, below }: AdviceBoxProps) {
  const Title = below === "h2" ? "h3" : "h4";
  return (
    <section class="advice">
      <Title>Fix</Title>
      {general === undefined ? null : <p>{general}</p>}
      {spring === undefined ? null : <Spring of={spring} title={Title} />}
    </section>
  );
}

interface SpringProps {
  readonly of: SpringAdvice;
  readonly title: "h3" | "h4";
}

function Spring({ of: { heading, words, code, link, sideEffects }, title: Title }: SpringProps) {
  return (
    <>
      <p>
        {heading}: {words}
      </p>
      {code === undefined ? null : <pre>{code.text}</pre>}
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
      {link === undefined ? null : (
        <p>
          Reference: <a href={link.url}>{link.title}</a>
        </p>
      )}
    </>
  );
}
