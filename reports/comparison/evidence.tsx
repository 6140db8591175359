/** @jsxRuntime automatic @jsxImportSource preact */
import type { CaseRecord } from "../../harness/judge/record.ts";
import { checksOf } from "../read/record-queries.ts";
import type { RequirementInRun } from "../read/requirements-in-run.ts";
import { Binding, RequirementSentence } from "../html/requirement.tsx";
import { Code, Value } from "../html/cases/value.tsx";
import { Sign } from "../html/cases/verdict-sign.tsx";
import { count, countOf } from "../words/text.ts";
import { evidenceAnchor } from "./anchor.ts";
import { casesWith, isTrouble, type ComparedTarget, type RequirementTrouble } from "./target.ts";

/** Number of cases shown in full, and number of further cases named. */
const told = 3;
const named = 20;

/** Lists what one target failed or left open, by requirement. */
export function Evidence({ of: target }: { readonly of: ComparedTarget }) {
  const troubled = [...target.requirements.values()].filter(({ verdict }) => isTrouble(verdict));
  const order: readonly RequirementTrouble[] = ["fail", "inconclusive"];
  if (troubled.length === 0) return <p class="aside">Nothing failed, and nothing stayed open.</p>;
  return (
    <>
      {order.flatMap((kind) =>
        troubled
          .filter(({ verdict }) => verdict === kind)
          .map((requirement) => <Section target={target} requirement={requirement} kind={kind} />),
      )}
    </>
  );
}

interface SectionProps {
  readonly target: ComparedTarget;
  readonly requirement: RequirementInRun;
  readonly kind: RequirementTrouble;
}

function Section({ target, requirement, kind }: SectionProps) {
  const cases = casesWith(target, requirement.id, kind);
  const rest = cases.slice(told);
  return (
    <section class={`case ${kind}`} id={evidenceAnchor(target, requirement.id)}>
      <h3>
        <Sign of={kind} /> <Code of={requirement.id} max={80} />
        <Binding of={requirement} />
      </h3>
      <p>
        <RequirementSentence of={requirement} />
      </p>
      {cases.length === 0 ? <p class="aside">The record holds no case of it.</p> : null}
      {cases.slice(0, told).map((run) => (
        <Told of={run} requirement={requirement.id} kind={kind} />
      ))}
      {rest.length === 0 ? null : (
        <details>
          <summary>and {countOf(rest.length, "more case")}</summary>
          <ul class="ids">
            {rest.slice(0, named).map(({ id }) => (
              <li>
                <Code of={id} max={120} />
              </li>
            ))}
            {rest.length > named ? <li>and {count(rest.length - named)} more</li> : null}
          </ul>
        </details>
      )}
    </section>
  );
}

interface ToldProps {
  readonly of: CaseRecord;
  readonly requirement: string;
  readonly kind: RequirementTrouble;
}

function Told({ of: run, requirement, kind }: ToldProps) {
  return (
    <div class="check">
      <p>
        <Code of={run.id} max={160} />
      </p>
      {kind === "fail" ? (
        <Failed of={run} requirement={requirement} />
      ) : (
        <Open of={run} requirement={requirement} />
      )}
    </div>
  );
}

type OneProps = Omit<ToldProps, "kind">;

function Failed({ of: run, requirement }: OneProps) {
  const [check] = checksOf(run, "fail").filter((one) => one.requirement === requirement);
  if (check === undefined) return null;
  return (
    <dl class="versus">
      <div>
        <dt>Expected</dt>
        <dd>
          <Value of={check.expected} max={600} />
        </dd>
      </div>
      <div class="fail">
        <dt>Seen</dt>
        <dd>
          <Value of={check.actual} max={600} />
        </dd>
      </div>
    </dl>
  );
}

function Open({ of: run, requirement }: OneProps) {
  const [check] = checksOf(run, "inconclusive").filter((one) => one.requirement === requirement);
  if (check === undefined) return null;
  return (
    <p class="reason">
      <b>Not judged:</b> <Value of={check.reason} max={600} />
    </p>
  );
}
