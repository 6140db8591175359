/** @jsxRuntime automatic @jsxImportSource preact */
import type { CheckRecord } from "../../../harness/judge/record.ts";
import { repetition, type Checked } from "../../read/record-queries.ts";
import type { RequirementsInRun, RequirementInRun } from "../../read/requirements-in-run.ts";
import { requirementAnchor } from "../anchor.ts";
import { Binding, RequirementSentence } from "../requirement.tsx";
import { Code, Value } from "./value.tsx";

interface CheckProps<Check> {
  readonly of: Check;
  readonly requirements: RequirementsInRun;
}

/** Failed check: the requirement, and the expected result beside the actual one. */
export function Failure({ of: check, requirements }: CheckProps<Checked<"fail">>) {
  const requirement = requirements.get(check.requirement);
  return (
    <section class="check">
      <Asked id={check.requirement} requirement={requirement} />
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
      <Judge of={check} requirement={requirement} />
    </section>
  );
}

/** Check without a verdict, with the reason. */
export function Undecided({ of: check, requirements }: CheckProps<Checked<"inconclusive">>) {
  const requirement = requirements.get(check.requirement);
  return (
    <section class="check">
      <Asked id={check.requirement} requirement={requirement} />
      <p class="reason">
        <b>Not judged:</b> <Value of={check.reason} max={1200} />
      </p>
      <Judge of={check} requirement={requirement} />
    </section>
  );
}

function Asked({
  id,
  requirement,
}: {
  readonly id: string;
  readonly requirement: RequirementInRun | undefined;
}) {
  if (requirement === undefined)
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
        <Binding of={requirement} />
      </h4>
      <p>
        <RequirementSentence of={requirement} />
      </p>
    </>
  );
}

function Judge({
  of: check,
  requirement,
}: {
  readonly of: CheckRecord;
  readonly requirement: RequirementInRun | undefined;
}) {
  const repeated = repetition(check);
  const waiver = requirement?.waiver ?? null;
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
