/** Returns the word that takes the fewest edits; undefined if every word takes more than a third of its length, or of two edits. */
export function nearest<Word extends string>(typed: string, words: readonly Word[]): Word | undefined {
  const ranked = words
    .map((word) => ({ word, edits: editsBetween(typed, word) }))
    .filter(({ word, edits }) => edits <= Math.max(2, word.length / 3))
    .sort((a, b) => a.edits - b.edits);
  return ranked[0]?.word;
}

/** Levenshtein distance: single characters to insert, delete or replace. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (const [y, letter] of Array.from(a).entries()) {
    const next = [y + 1];
    for (const [x, other] of Array.from(b).entries()) {
      const replaced = (row[x] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[x + 1] ?? 0) + 1, (next[x] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
