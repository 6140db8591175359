import { plain } from "../words/text.ts";
import type { Asked, Facts } from "./cause.ts";
import { questionOf } from "./cells.ts";
import { storedSignatures } from "./signatures.ts";
import type { Candidate } from "./weigh.ts";

/** Returns what tells a cause from the next candidate, in two sentences. */
export function apart(best: Candidate, rival: Candidate, { cells }: Facts): string {
  const tells = (asked: Asked) => {
    const answers = [best.predict(asked), rival.predict(asked)];
    return answers.includes("fail") && answers.includes("pass");
  };
  const instead = `It may also be: ${rival.sentence}`;
  const spoke = cells.find((cell) => tells(cell) && cell.failed === (best.predict(cell) === "fail"));
  if (spoke !== undefined)
    return `${instead} Then ${nameOf(spoke)} would have ${spoke.failed ? "passed" : "failed"}.`;
  const judged = new Set(cells.map(keyOf));
  const open = storedQuestions().find((asked) => !judged.has(keyOf(asked)) && tells(asked));
  if (open !== undefined)
    return `${instead} Then ${nameOf(open)} ${rival.predict(open) === "fail" ? "fails" : "passes"}, which this run did not judge.`;
  return `${instead} No case tells them apart.`;
}

const nameOf = ({ run }: Asked): string => plain(run.id, 160);

const keyOf = (asked: Asked): string => `${asked.run.id} ${questionOf(asked)}`;

/** Returns every question that signatures know. */
function storedQuestions(): readonly Asked[] {
  const { cases, questions } = storedSignatures();
  return Object.entries(questions).flatMap(([question, places]) => {
    const [requirement = "", check = ""] = question.split(" ");
    return places.map((place) => {
      const id = cases[place] ?? "";
      return { requirement, check, run: { id, scenario: id.replace(/\[.*/s, ""), axes: {} } };
    });
  });
}
