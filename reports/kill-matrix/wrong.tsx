/** @jsxRuntime automatic @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import { groupBy } from "../read/digest.ts";
import { mutantAnchor } from "../html/anchor.ts";
import { Code, Value } from "../html/cases/value.tsx";
import { Sign } from "../html/cases/verdict.tsx";
import { count } from "../words/text.ts";
import { unshown } from "./cells.ts";
import { columnKey, type KillMatrix, type MutantResult } from "./record.ts";
import { foundBy, howFound, stateKind, stateWord } from "./words.ts";

/** Of one list; the rest stands in the JSON. */
const shown = 60;

const notKilled = ({ mutants }: KillMatrix) => mutants.filter(({ state }) => state !== "killed");
const notPassed = ({ unbroken }: KillMatrix) => unbroken.flatMap((one) => one.notPassed);
const unexpected = ({ mutants }: KillMatrix) =>
  mutants.flatMap((mutant) =>
    [...groupBy(mutant.unexpected, columnKey).values()].map((findings) => ({ mutant, findings })),
  );
const claimed = ({ mutants }: KillMatrix) =>
  mutants.flatMap((mutant) =>
    mutant.state === "killed" && unshown(mutant).length > 0 ? [{ mutant, ids: unshown(mutant) }] : [],
  );

export function isWrong(matrix: KillMatrix): boolean {
  return [notKilled, notPassed, unexpected, claimed].some((list) => list(matrix).length > 0);
}

/** What keeps the matrix from proving the suite, the worst first. */
export function Wrong({ matrix }: { readonly matrix: KillMatrix }) {
  return (
    <>
      <List
        title="Mutants not killed for their reason"
        items={notKilled(matrix).map((mutant) => (
          <>
            <Sign of={stateKind[mutant.state]} /> <Name of={mutant} /> {stateWord[mutant.state]}:{" "}
            <Value of={howFound(mutant)} />
          </>
        ))}
      />
      <List
        title="Cases that the unbroken server does not pass"
        items={notPassed(matrix).map(({ requirement, check, case: id, kind, words }) => (
          <>
            <Sign of={kind} /> <Code of={id} max={160} />, <Code of={requirement} max={80} /> by{" "}
            <Code of={check} max={80} />: <Value of={words} />
          </>
        ))}
      />
      <List
        title="Failures outside what the mutant is said to break"
        items={unexpected(matrix).map(({ mutant, findings }) => (
          <>
            <Name of={mutant} />: <Value of={foundBy(findings)} />
            <br />
            <Value of={findings[0]?.actual ?? ""} max={300} />
          </>
        ))}
      />
      <List
        title="Said to be broken, and not shown by any check"
        items={claimed(matrix).map(({ mutant, ids }) => (
          <>
            <Name of={mutant} />:{" "}
            {ids.map((id) => (
              <>
                <Code of={id} max={80} />{" "}
              </>
            ))}
          </>
        ))}
      />
    </>
  );
}

function Name({ of: { name } }: { readonly of: MutantResult }) {
  return (
    <a href={`#${mutantAnchor(name)}`}>
      <Code of={name} max={80} />
    </a>
  );
}

function List({ title, items }: { readonly title: string; readonly items: readonly ComponentChildren[] }) {
  if (items.length === 0) return null;
  const rest = items.length - shown;
  return (
    <>
      <h3>{title}</h3>
      <ul class="reasons">
        {items.slice(0, shown).map((item) => (
          <li>{item}</li>
        ))}
        {rest > 0 ? <li class="aside">{`and ${count(rest)} more`}</li> : null}
      </ul>
    </>
  );
}
