/** @jsxRuntime automatic @jsxImportSource preact */
import { findingAnchor } from "../anchor.ts";
import type { Advice, AdvisedClass, SpringAdvice } from "../../advice/advice-for.ts";

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
      {code === undefined ? null : <JavaClass of={code} />}
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

function JavaClass({ of: { name, keyLines, text, at } }: { readonly of: AdvisedClass }) {
  if (text === undefined)
    return (
      <>
        {keyLines === undefined ? null : <pre>{keyLines}</pre>}
        <p class="aside">
          The whole class, {name},{" "}
          {at === undefined ? "is in this report" : <a href={`#${findingAnchor(at)}`}>is in finding {at}</a>}.
        </p>
      </>
    );
  if (keyLines === undefined) return <pre>{text}</pre>;
  return (
    <>
      <pre>{keyLines}</pre>
      <details>
        <summary>The whole class, {name}</summary>
        <pre>{text}</pre>
      </details>
    </>
  );
}
