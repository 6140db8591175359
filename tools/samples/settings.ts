/** Settings of a sample server and of the run on it. */
export const axes = {
  deflate: ["off", "on"],
  /** Time until the server closes the connection after a DISCONNECT, in milliseconds. */
  closes: ["0", "150", "never"],
  heartbeats: ["on", "off"],
  workers: ["1", "8", "32"],
  tier: ["quick", "full"],
} as const;

export type Axis = keyof typeof axes;
export type SampleSetting = { readonly [A in Axis]: string };

/** Returns every combination of the chosen values. */
export function combinations<K extends string>(
  choices: Readonly<Record<K, readonly string[]>>,
): Readonly<Record<K, string>>[] {
  const keys = Object.keys(choices) as K[];
  return keys.reduce<Record<K, string>[]>(
    (all, key) => all.flatMap((one) => choices[key].map((value) => ({ ...one, [key]: value }))),
    [{} as Record<K, string>],
  );
}

/** Returns few combinations that contain each pair of values. Adds the one with the most new pairs first. */
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
