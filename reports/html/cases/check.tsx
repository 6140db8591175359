/** @jsxRuntime automatic @jsxImportSource preact */
import type { CheckRecord } from "../../../harness/judge/record.ts";
import { repetition, type Checked } from "../../read/record-queries.ts";
import type { RequirementsInRun, RequirementInRun } from "../../read/requirements-in-run.ts";
import { requirementAnchor } from "../anchor.ts";
import { Binding, RequirementSentence } from "../requirement.tsx";
import { Code, Value } from "./value.tsx";

interface CheckProps<Check> {
  readonly of: Check;
  readonly duties: RequirementsInRun;
}

/** A failed check: the duty, what was expected beside what was seen. */
export function Failure({ of: check, duties }: CheckProps<Checked<"fail">>) {
  const duty = duties.get(check.requirement);
  return (
    <section class="check">
      <Asked id={check.requirement} duty={duty} />
      <dl class="versus">
        <div>
          <dt>Expected</dt>
          <dd>
            <Value of={check.expected} max={1200} />
          </dd>
        </div>
        <div class="fail">
          <dt>Seen</dt>
          <dd>
            <Value of={check.actual} max={1200} />
          </dd>
        </div>
      </dl>
      <Judge of={check} duty={duty} />
    </section>
  );
}

/** A check that came to no verdict, and why. */
export function Undecided({ of: check, duties }: CheckProps<Checked<"inconclusive">>) {
  const duty = duties.get(check.requirement);
  return (
    <section class="check">
      <Asked id={check.requirement} duty={duty} />
      <p class="reason">
        <b>Not judged:</b> <Value of={check.reason} max={1200} />
      </p>
      <Judge of={check} duty={duty} />
    </section>
  );
}

function Asked({ id, duty }: { readonly id: string; readonly duty: RequirementInRun | undefined }) {
  if (duty === undefined)
    return (
      <>
        <h4>
          <Code of={id} max={80} />
        </h4>
        <p>This requirement is not in the record.</p>
      </>
    );
  return (
    <>
      <h4>
        <a href={`#${requirementAnchor(id)}`}>
          <Code of={id} max={80} />
        </a>
        <Binding of={duty} />
      </h4>
      <p>
        <RequirementSentence of={duty} />
      </p>
    </>
  );
}

function Judge({ of: check, duty }: { readonly of: CheckRecord; readonly duty: RequirementInRun | undefined }) {
  const repeated = repetition(check);
  const waiver = duty?.waiver ?? null;
  return (
    <p class="aside">
      judged by <Code of={check.check} max={120} />
      {repeated === null ? null : <b>{repeated}</b>}
      {waiver === null ? null : (
        <b>
          waived: <Value of={waiver} max={240} />
        </b>
      )}
    </p>
  );
}
