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

/**
 * Returns the narrowest pattern that matches all of these case ids and patterns. It keeps the folder, the scenario and each axis
 * that they share: `leave/*[transport=*,phase=identifying]`.
 */
export function commonPattern(patterns: readonly string[]): string {
  const parsed = patterns.map((pattern) => {
    const [, scenario = pattern, axes = ""] = /^([^[]*)\[(.*)\]$/.exec(pattern) ?? [];
    return { scenario, axes: axes === "" ? [] : axes.split(",").map((axis) => axis.split("=")) };
  });
  const same = (values: readonly string[]) => (new Set(values).size === 1 ? values[0] : undefined);
  const folder = same(parsed.map(({ scenario }) => scenario.replace(/\/[^/]*$/, "")));
  const scenario = same(parsed.map((one) => one.scenario)) ?? (folder === undefined ? "*" : `${folder}/*`);
  const names = same(parsed.map(({ axes }) => axes.map(([name]) => name).join(",")));
  // Some scenarios have other axes, or none.
  if (names === undefined) return scenario.endsWith("*") ? scenario : `${scenario}*`;
  if (names === "") return scenario;
  const shared = names.split(",").map((name, place) => {
    const value = same(parsed.map(({ axes }) => axes[place]?.[1] ?? "*"));
    return value === undefined || value === "*" ? `${name}=*` : `${name}=${value}`;
  });
  return `${scenario}[${shared.join(",")}]`;
}
