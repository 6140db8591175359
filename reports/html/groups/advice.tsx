/** @jsxRuntime automatic @jsxImportSource preact */
import { countOf } from "../../words/text.ts";
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
      {spring === undefined ? null : <Spring of={spring} />}
    </section>
  );
}

function Spring({ of: { heading, words, code, link, sideEffects } }: { readonly of: SpringAdvice }) {
  return (
    <>
      <p>
        {heading}: {words}
      </p>
      {code === undefined ? null : <JavaClass of={code} />}
      {sideEffects.length === 0 ? null : (
        <details open={code?.at === undefined}>
          <summary>{countOf(sideEffects.length, "side effect")}</summary>
          <ul>
            {sideEffects.map((effect) => (
              <li>{effect}</li>
            ))}
          </ul>
        </details>
      )}
      {link === undefined ? null : (
        <p>
          Reference: <a href={link.url}>{link.title}</a>
        </p>
      )}
    </>
  );
}

function JavaClass({ of: { name, members, text, at } }: { readonly of: AdvisedClass }) {
  if (text === undefined)
    return (
      <>
        {members === undefined ? null : <pre>{members}</pre>}
        <p class="aside">
          The whole class, {name},{" "}
          {at === undefined ? "is in this report" : <a href={`#${findingAnchor(at)}`}>is in finding {at}</a>}.
        </p>
      </>
    );
  if (members === undefined) return <pre>{text}</pre>;
  return (
    <>
      <pre>{members}</pre>
      <details>
        <summary>The whole class, {name}</summary>
        <pre>{text}</pre>
      </details>
    </>
  );
}
