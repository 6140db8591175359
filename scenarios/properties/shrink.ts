/** Operations for the search. */
export interface Shrinking<T> {
  /** Returns values with one smaller part, the smallest first. */
  readonly smaller: (value: T) => Iterable<T>;
  /** Returns equal keys for equivalent values. The search tries one value per key. */
  readonly keyOf: (value: T) => string;
  /** Tries all values at once. Returns true for each failing value. */
  readonly fail: (values: readonly T[]) => Promise<readonly boolean[]>;
  /** Number of values to try at once. */
  readonly width: number;
  /** Returns true while there is time. */
  readonly hasTime: () => boolean;
}

/**
 * Returns the smallest failing value that the search finds in time. fast-check's own search tries one value after the
 * other. A try here consists mostly of waiting, so this search tries several values at once.
 */
export async function shrink<T>(failing: T, shrinking: Shrinking<T>): Promise<T> {
  const { smaller, keyOf, fail, width, hasTime } = shrinking;
  /** Results of the values tried since the last choice. */
  const fails = new Map<string, boolean>();
  let smallest = failing;
  for (let found: T | undefined = failing; found !== undefined;) {
    smallest = found;
    found = undefined;
    fails.set(keyOf(smallest), false);
    for (const group of groupsOf(smaller(smallest), width, keyOf, (key) => fails.get(key) !== false)) {
      if (!hasTime()) return smallest;
      const unknown = group.filter(([key]) => !fails.has(key));
      const verdicts = unknown.length === 0 ? [] : await fail(unknown.map(([, value]) => value));
      for (const [place, [key]] of unknown.entries()) fails.set(key, verdicts[place] === true);
      found = group.find(([key]) => fails.get(key) === true)?.[1];
      if (found !== undefined) break;
    }
  }
  return smallest;
}

/** Returns batches of distinct values with their keys. */
function* groupsOf<T>(
  values: Iterable<T>,
  size: number,
  keyOf: (value: T) => string,
  isWanted: (key: string) => boolean,
): Generator<(readonly [key: string, value: T])[]> {
  const group = new Map<string, T>();
  for (const value of values) {
    const key = keyOf(value);
    if (group.has(key) || !isWanted(key)) continue;
    group.set(key, value);
    if (group.size < size) continue;
    yield [...group];
    group.clear();
  }
  if (group.size > 0) yield [...group];
}
