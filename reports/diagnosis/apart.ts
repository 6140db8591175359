import { cellsOf } from "./cells.ts";
import type { Asked, Facts } from "./cause.ts";
import { questionOf } from "./cells.ts";
import { storedSignatures } from "./signatures.ts";
import type { Candidate } from "./weigh.ts";

/** Returns what would tell a cause from the next candidate, in one or two sentences. */
export function apart(best: Candidate, rival: Candidate, { record }: Facts): string {
  const judged = cellsOf(record);
  const known = new Set(judged.map((cell) => keyOf(cell)));
  const tells = (asked: Asked) => {
    const [one, other] = [best.predict(asked), rival.predict(asked)];
    return (one === "fail" && other === "pass") || (one === "pass" && other === "fail");
  };
  const open = storedCells().find((asked) => !known.has(keyOf(asked)) && tells(asked));
  const spoke = judged.find((cell) => tells(cell) && cell.failed === (best.predict(cell) === "fail"));
  const instead = `It may also be: ${rival.sentence}`;
  if (spoke !== undefined)
    return `${instead} Then ${spoke.run.id} would have ${spoke.failed ? "passed" : "failed"}.`;
  if (open !== undefined)
    return `${instead} Then ${open.run.id} ${rival.predict(open) === "fail" ? "fails" : "passes"}, which this run did not judge.`;
  return `${instead} No case tells the two apart.`;
}

const keyOf = (asked: Asked): string => `${asked.run.id} ${questionOf(asked)}`;

/** Returns every question that signatures know. */
function storedCells(): readonly Asked[] {
  const { cases, questions } = storedSignatures();
  return Object.entries(questions).flatMap(([question, places]) => {
    const [requirement = "", check = ""] = question.split(" ");
    return places.map((place) => {
      const id = cases[place] ?? "";
      return { requirement, check, run: { id, scenario: id.replace(/\[.*/s, ""), axes: {} } };
    });
  });
}
