/** @jsxRuntime automatic @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import type { AgainstBaseline, RunRecord } from "../../harness/judge/record.ts";
import { obsoleteWord } from "../read/baseline.ts";
import { warningLines } from "../read/baseline-warnings.ts";
import { count } from "../words/text.ts";
import { caseAnchor, requirementAnchor } from "./anchor.ts";
import { Code, Value } from "./cases/value.tsx";
import { Sign } from "./cases/verdict-sign.tsx";

/** Number of entries shown of a list. The record holds all. */
const listed = 100;

/** New failures first and large, then obsolete entries, warnings, and accepted findings. */
export function Baseline({ record, of }: { readonly record: RunRecord; readonly of: AgainstBaseline }) {
  return (
    <>
      <p class="aside">
        Compared with <Code of={of.file} max={160} />.
      </p>
      <Group title="New failures" of={of.worse} isLarge>
        {(one) => (
          <>
            <Finding record={record} of={one} />
            <p>
              <Value of={one.why} max={600} />
            </p>
          </>
        )}
      </Group>
      <Group title="Entries that no longer hold" of={of.obsolete}>
        {(one) => (
          <>
            <b>{obsoleteWord[one.kind]}</b> <Code of={one.requirement} max={80} /> in{" "}
            <Code of={one.cases} max={160} />
            <p>
              <Value of={one.words} max={600} />
            </p>
          </>
        )}
      </Group>
      <Group title="Warnings" of={warningLines(record)}>
        {(line) => <Value of={line} max={800} />}
      </Group>
      <Group title="Known" of={of.known}>
        {(one) => (
          <>
            <Finding record={record} of={one} />
            {one.accepts === undefined ? null : " (inconclusive)"}
            <p>
              <Value of={one.reason} max={600} />
            </p>
            <p class="aside">
              accepted before <Value of={one.expires} max={40} />, owner <Value of={one.owner} max={80} />
            </p>
          </>
        )}
      </Group>
    </>
  );
}

function Group<Item>(props: {
  readonly title: string;
  readonly of: readonly Item[];
  readonly isLarge?: boolean;
  readonly children: (item: Item) => ComponentChildren;
}) {
  const { title, of, isLarge = false, children } = props;
  if (of.length === 0) return null;
  return (
    <>
      <h3 class={isLarge ? "new-failures fail" : undefined}>
        {isLarge ? <Sign of="fail" /> : null} {title} <small>{count(of.length)}</small>
      </h3>
      <ul class="reasons">
        {of.slice(0, listed).map((item) => (
          <li>{children(item)}</li>
        ))}
        {of.length > listed ? <li>and {count(of.length - listed)} more</li> : null}
      </ul>
    </>
  );
}

/** Requirement and case, with links if the record has them. */
function Finding(props: {
  readonly record: RunRecord;
  readonly of: { readonly requirement: string; readonly case: string };
}) {
  const { record, of } = props;
  const requirement = record.requirements.some(({ id }) => id === of.requirement);
  const known = record.cases.some(({ id }) => id === of.case);
  return (
    <>
      <Linked to={requirement ? requirementAnchor(of.requirement) : null} of={of.requirement} /> in{" "}
      <Linked to={known ? caseAnchor({ id: of.case }) : null} of={of.case} />
    </>
  );
}

function Linked({ to, of }: { readonly to: string | null; readonly of: string }) {
  const name = <Code of={of} max={160} />;
  return to === null ? name : <a href={`#${to}`}>{name}</a>;
}
