/** In which ways each sample server is started and asked. */
export const axes = {
  deflate: ["off", "on"],
  /** When it closes the connection after a DISCONNECT, in milliseconds. */
  closes: ["0", "150", "never"],
  heartbeats: ["on", "off"],
  workers: ["1", "8", "32"],
  tier: ["quick", "full"],
} as const;

export type Axis = keyof typeof axes;
export type SampleSetting = { readonly [A in Axis]: string };

/** Every combination of the values that are chosen. */
export function combinations<K extends string>(
  choices: Readonly<Record<K, readonly string[]>>,
): Readonly<Record<K, string>>[] {
  const keys = Object.keys(choices) as K[];
  return keys.reduce<Record<K, string>[]>(
    (all, key) => all.flatMap((one) => choices[key].map((value) => ({ ...one, [key]: value }))),
    [{} as Record<K, string>],
  );
}

/** A few of them that have, among them all, each pair of two values. The one with most new pairs comes next. */
export function pairwise<T extends Readonly<Record<string, string>>>(all: readonly T[]): T[] {
  const open = new Set(all.flatMap(pairsOf));
  const taken: T[] = [];
  while (open.size > 0) {
    const news = (one: T) => pairsOf(one).filter((pair) => open.has(pair)).length;
    const next = all.reduce((best, one) => (news(one) > news(best) ? one : best));
    taken.push(next);
    for (const pair of pairsOf(next)) open.delete(pair);
  }
  return taken;
}

function pairsOf(one: Readonly<Record<string, string>>): string[] {
  const values = Object.entries(one).map(([key, value]) => `${key}=${value}`);
  return values.flatMap((value, place) => values.slice(place + 1).map((other) => `${value} ${other}`));
}
