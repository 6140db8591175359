/** @jsxRuntime automatic @jsxImportSource preact */
import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import { adviceFor, type Advice, type SpringAdvice } from "../advice/advice-for.ts";
import { checksOf } from "../read/record-queries.ts";
import { Code } from "./cases/value.tsx";

/** Advice in full: words, Java class to copy, side effects, and Spring's reference. */
export function FullAdvice({ of: { general, spring } }: { readonly of: Advice }) {
  return (
    <>
      {general === undefined ? null : <p>{general}</p>}
      {spring === undefined ? null : <Spring of={spring} />}
    </>
  );
}

function Spring({ of: { heading, words, code, link, sideEffects } }: { readonly of: SpringAdvice }) {
  return (
    <>
      <p>
        {heading}: {words}
      </p>
      {code === undefined ? null : <pre>{code.text}</pre>}
      {sideEffects.length === 0 ? null : <h4>Side effects</h4>}
      <ul>
        {sideEffects.map((effect) => (
          <li>{effect}</li>
        ))}
      </ul>
      {link === undefined ? null : (
        <p>
          Reference: <a href={link.url}>{link.title}</a>
        </p>
      )}
    </>
  );
}

/** Advice for one case in short, with the failed requirements that each change mends. */
export function ShortAdvice({ of: run, on }: { readonly of: CaseRecord; readonly on: RunRecord["target"] }) {
  const failed = new Set(checksOf(run, "fail").map(({ requirement }) => requirement));
  const told = [...failed].flatMap((requirement) => {
    const advice = adviceFor({ requirement, cases: [run] }, { target: on });
    return advice === undefined ? [] : { requirement, advice };
  });
  if (told.length === 0) return null;
  return (
    <section class="advice">
      <h4>Advice</h4>
      <dl>
        {told.map(({ requirement, advice: { general, spring } }) => (
          <div>
            <dt>
              <Code of={requirement} max={80} />
            </dt>
            {general === undefined ? null : <dd>{general}</dd>}
            {spring === undefined ? null : (
              <dd>
                {spring.heading}: {spring.words}
              </dd>
            )}
          </div>
        ))}
      </dl>
    </section>
  );
}
