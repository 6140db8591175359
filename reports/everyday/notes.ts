import { defaultMark } from "./figures.ts";
import type { EverydayRow } from "./table.ts";

/** Returns the key to the words in a table of everyday endings that it really has. Keys of the profile are in backticks. */
export function tableNotes(rows: readonly EverydayRow[]): string[] {
  const has = (word: string) =>
    rows.some(({ told, once, named }) => [told, once, named].some((cell) => cell.word === word));
  return [
    ...(rows.some(({ allowed }) => allowed.endsWith(defaultMark))
      ? [`${defaultMark} hangup's default; the profile's \`deadlines\` can say another.`]
      : []),
    ...(rows.some(({ slowest, typical }) => slowest === "never" || typical === "never")
      ? [
          "never: no leave arrived in four times the allowed time, or in 15 s more than that time if this is shorter. After a network drop or a freeze hangup waits the allowed time.",
        ]
      : []),
    ...(has("mostly") ? ["mostly: some cases of the row fail, but others on the same transport pass."] : []),
    ...(has("unclear")
      ? ["unclear: hangup could not judge every case of the row. See the cases that were not judged."]
      : []),
  ];
}
