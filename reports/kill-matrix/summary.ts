import { groupBy, verdictSign } from "../read/record-queries.ts";
import { count, countOf, plain } from "../words/text.ts";
import { wrapped } from "../words/wrap.ts";
import { columnKey, type MutantFinding, type KillMatrix } from "./record.ts";
import {
  foundBy,
  headline,
  howFound,
  matrixKind,
  stateKind,
  stateWord,
  summarySentence,
  unbrokenSentence,
} from "./words.ts";

/** Number of entries that a terminal shows of each list. */
const shown = 40;

const columns = 100;

/** Renders the kill matrix for a terminal, problems first. The last line is the result. */
export function renderMutants(matrix: KillMatrix): string {
  const { mutants, unbroken, idleChecks, requirementsWithoutMutant, notes } = matrix;
  const paragraphs = [
    ...unbroken.flatMap(({ notPassed }) =>
      listed(
        "the unbroken server",
        notPassed.map(
          ({ kind, requirement, check, case: id, words }) =>
            `${verdictSign[kind]} ${id}: ${requirement} by ${check}: ${plain(words, 200)}`,
        ),
      ),
    ),
    ...listed(
      "not killed for their reason",
      mutants
        .filter(({ state }) => state !== "killed")
        .map(
          (one) =>
            `${verdictSign[stateKind[one.state]]} ${one.name} ${stateWord[one.state]}: ${howFound(one)}`,
        ),
    ),
    ...mutants.flatMap(({ name, unexpected }) =>
      listed(`unexpected of ${name}`, [...groupBy(unexpected, columnKey).values()].map(seen)),
    ),
    ...listed(
      "checks that kill nothing",
      (idleChecks ?? []).map(
        ({ requirement, check, mutants: asked }) =>
          `${requirement} ${check}, ${asked === 0 ? "which judged no mutant" : `which judged ${countOf(asked, "mutant")}`}`,
      ),
    ),
    ...listed("MUSTs that no mutant breaks", requirementsWithoutMutant),
    ...listed("notes", notes),
    unbroken.map(unbrokenSentence).join("\n"),
    `${verdictSign[matrixKind(matrix)]} ${headline(matrix)}: ${summarySentence(matrix)}`,
  ];
  return paragraphs.filter((text) => text !== "").join("\n\n");
}

function seen(findings: readonly MutantFinding[]): string {
  const [first] = findings;
  return `${foundBy(findings)}: ${plain(first?.actual ?? "", 200)}`;
}

function listed(title: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return [];
  const rest = items.length - shown;
  const lines = items
    .slice(0, shown)
    .flatMap((item) =>
      wrapped(plain(item, 800), columns - 4).map((line, place) => `${place === 0 ? "  " : "    "}${line}`),
    );
  return [[plain(title, 200), ...lines, ...(rest > 0 ? [`  and ${count(rest)} more`] : [])].join("\n")];
}
