import { defaultMark } from "./figures.ts";
import type { EverydayCell, EverydayRow } from "./table.ts";

/** Returns the key to the words in a table of everyday endings that it really has. Keys of the profile are in backticks. */
export function tableNotes(rows: readonly EverydayRow[]): string[] {
  const has = (word: string) =>
    rows.some(({ told, once, named }) => [told, once, named].some((cell) => cell.word === word));
  return [
    ...(rows.some(({ allowed }) => allowed.endsWith(defaultMark))
      ? [`${defaultMark} hangup's default; the profile's \`deadlines\` can say another.`]
      : []),
    ...neverNote(rows),
    ...(has("mostly") ? ["mostly: some cases of the row fail, but others on the same transport pass."] : []),
    ...(rows.some(({ kind, once, named }) => kind !== "not-applicable" && [once, named].some(isEmpty))
      ? ["–: no case of the row asks this, or no leave came to ask about."]
      : []),
    ...(has("unclear")
      ? ["unclear: hangup could not judge every case of the row. See the cases that were not judged."]
      : []),
    ...(rows.some(({ remarks }) => remarks.some((remark) => /\bnative\b/.test(remark)))
      ? ["native: a WebSocket without SockJS."]
      : []),
  ];
}

/** Returns true for the answer to a question that no case of a judged row could answer. */
const isEmpty = ({ kind }: EverydayCell): boolean => kind === "not-applicable";

/** Ids of the endings after which hangup waits for the allowed time only. */
const silent: readonly string[] = ["drop", "frozen"];

/** Explains "never", where the table has it. */
function neverNote(rows: readonly EverydayRow[]): string[] {
  const never = rows.filter(({ slowest, typical }) => slowest === "never" || typical === "never");
  if (never.length === 0) return [];
  const longer = never.filter(({ way }) => !silent.includes(way.id));
  const wait = "within four times the allowed time, but at most 15 s more";
  return [
    longer.length === 0
      ? "never: no leave arrived within the allowed time."
      : longer.length === never.length
        ? `never: no leave arrived ${wait}.`
        : `never: no leave arrived ${wait}; after a network drop or a freeze, within the allowed time.`,
  ];
}
