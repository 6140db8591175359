/** What a search for something small needs to know of the values. */
export interface Shrinking<T> {
  /** Values that are smaller in one place, the smallest first. */
  readonly smaller: (value: T) => Iterable<T>;
  /** Alike for values between which nobody could tell a difference: one of them is tried. */
  readonly keyOf: (value: T) => string;
  /** Which of these fail, asked of all at once. */
  readonly fail: (values: readonly T[]) => Promise<readonly boolean[]>;
  /** How many are asked of at once. */
  readonly width: number;
  /** Whether there is time for more. */
  readonly hasTime: () => boolean;
}

/**
 * From a value that fails goes to a smaller one that does, as long as there is one and there is time. fast-check's own
 * search asks of one value after the other, and to ask here is mostly to wait.
 */
export async function shrink<T>(failing: T, shrinking: Shrinking<T>): Promise<T> {
  const { smaller, keyOf, fail, width, hasTime } = shrinking;
  /** Of those that were asked of, whether they fail, and none has been gone to. */
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

/** Values that differ, with their keys, so many at once. */
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
