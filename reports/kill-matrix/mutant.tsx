/** @jsxRuntime automatic @jsxImportSource preact */
import { mutantAnchor } from "../html/anchor.ts";
import { Code, Value } from "../html/cases/value.tsx";
import { Sign } from "../html/cases/verdict.tsx";
import { count, countOf, duration } from "../words/text.ts";
import { cellAnchor } from "./anchor.ts";
import { rowOf, type Cell } from "./cells.ts";
import { type MutantResult } from "./record.ts";
import { stateKind, stateWord } from "./words.ts";

/** Cases of one check that are told in words, and further ones that are named. */
const told = 2;
const named = 12;

/** One mutant: its defect, and by what it was found out. */
export function Mutant({ of: mutant }: { readonly of: MutantResult }) {
  const { name, description, state, reason, cases, durationMs, options } = mutant;
  const run = cases.pass + cases.fail + cases.inconclusive;
  const found = [...rowOf(mutant).cells.values()].filter(({ findings }) => findings.length > 0);
  return (
    <article class={`case ${stateKind[state]}`} id={mutantAnchor(name)}>
      <h3>
        <Sign of={stateKind[state]} /> <Code of={name} max={80} />
      </h3>
      <p>
        <Value of={description} />
      </p>
      <p class="particulars">
        <b>{stateWord[state]}</b>
        <span>{countOf(run, "case")}</span>
        <span>{count(cases.fail)} failed</span>
        {cases.inconclusive > 0 ? <span>{count(cases.inconclusive)} inconclusive</span> : null}
        {cases.notApplicable > 0 ? <span>{count(cases.notApplicable)} not applicable</span> : null}
        <span>took {duration(durationMs)}</span>
        {Object.entries(options).map(([option, value]) => (
          <span>
            <Value of={option} max={40} /> <Code of={String(value)} max={60} />
          </span>
        ))}
      </p>
      <Ids title="breaks" of={mutant.breaks} />
      <Ids title="also breaks" of={mutant.alsoBreaks} />
      {reason === null ? null : (
        <p class="reason">
          <Value of={reason} max={600} />
        </p>
      )}
      {found.map((cell) => (
        <Found of={cell} mutant={mutant} />
      ))}
      <Discounted of={mutant} />
    </article>
  );
}

function Ids({ title, of }: { readonly title: string; readonly of: readonly string[] }) {
  if (of.length === 0) return null;
  return (
    <p class="particulars">
      <span>{title}</span>
      {of.map((id) => (
        <Code of={id} max={80} />
      ))}
    </p>
  );
}

const role = { expected: "", also: "suffers too", unexpected: "unexpected", passed: "", open: "" } as const;

/** What one check found, closed at first. */
function Found({
  of: { kind, column, findings },
  mutant,
}: {
  readonly of: Cell;
  readonly mutant: MutantResult;
}) {
  const rest = findings.slice(told);
  return (
    <details class="found">
      <summary>
        <Code of={column.requirement} max={80} /> <Value of={column.check} max={80} />{" "}
        <span>
          in {countOf(findings.length, "case")}
          {role[kind] === "" ? "" : `, ${role[kind]}`}
        </span>
      </summary>
      {/* A link to what is inside opens it. */}
      <div id={cellAnchor(mutant, column)}>
        {findings.slice(0, told).map(({ check, case: id, expected, actual }) => (
          <>
            <p class="aside">
              <Code of={check} max={80} /> in <Code of={id} max={160} />
            </p>
            <dl class="versus">
              <div>
                <dt>Expected</dt>
                <dd>
                  <Value of={expected} />
                </dd>
              </div>
              <div class="fail">
                <dt>Seen</dt>
                <dd>
                  <Value of={actual} />
                </dd>
              </div>
            </dl>
          </>
        ))}
        {rest.length === 0 ? null : (
          <p class="aside">
            also in{" "}
            {rest.slice(0, named).map(({ case: id }, place) => (
              <>
                {place === 0 ? "" : ", "}
                <Code of={id} max={80} />
              </>
            ))}
            {rest.length > named ? ` and ${count(rest.length - named)} more` : ""}
          </p>
        )}
      </div>
    </details>
  );
}

function Discounted({ of: { discounted } }: { readonly of: MutantResult }) {
  const [first] = discounted;
  if (first === undefined) return null;
  return (
    <p class="aside">
      {countOf(discounted.length, "failure")} not counted, the first of{" "}
      <Code of={first.requirement} max={80} /> in <Code of={first.case} max={160} />: <Value of={first.why} />
      .
    </p>
  );
}
