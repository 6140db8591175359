/**
 * Returns true if a case id matches a pattern. `*` matches any text, also an empty one. Everything else matches
 * itself.
 */
export function matchesPattern(pattern: string, id: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (!id.startsWith(first)) return false;
  if (rest.length === 0) return id === pattern;
  const last = rest.pop() ?? "";
  let from = first.length;
  for (const piece of rest) {
    const at = id.indexOf(piece, from);
    if (at === -1) return false;
    from = at + piece.length;
  }
  return id.length - last.length >= from && id.endsWith(last);
}
