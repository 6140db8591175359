import type { HistoryEvent } from "./events/events.ts";

/**
 * Returns `read` with its last result for each history kept. Histories only grow, and many readers ask for the same between two
 * events.
 */
export function cachedByHistory<Rest extends readonly object[], Result>(
  read: (events: readonly HistoryEvent[], ...rest: Rest) => Result,
): (events: readonly HistoryEvent[], ...rest: Rest) => Result {
  const cache = new WeakMap<
    readonly HistoryEvent[],
    { readonly length: number; readonly rest: Rest; readonly result: Result }
  >();
  return (events, ...rest) => {
    const last = cache.get(events);
    if (last?.length === events.length && rest.every((one, place) => one === last.rest[place]))
      return last.result;
    const result = read(events, ...rest);
    cache.set(events, { length: events.length, rest, result });
    return result;
  };
}
