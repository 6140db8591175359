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
 * Returns a narrow pattern that matches all of these case ids and patterns. It keeps the folder, the scenario and the axes that they
 * share: `leave/*[transport=*,phase=identifying]`. Axes at the end that they do not share become one `*`, which also
 * matches a case without them: `leave/*[transport=websocket*]`.
 */
export function commonPattern(patterns: readonly string[]): string {
  const parsed = patterns.map(parse);
  const folder = same(parsed.map(({ scenario }) => scenario.replace(/\/[^/]*$/, "")));
  const scenario = same(parsed.map((one) => one.scenario)) ?? (folder === undefined ? "*" : `${folder}/*`);
  const [first] = parsed;
  const shared: string[] = [];
  for (const [place, [name]] of first?.axes.entries() ?? []) {
    if (!parsed.every(({ axes }) => axes[place]?.[0] === name)) break;
    shared.push(`${name}=${same(parsed.map(({ axes }) => axes[place]?.[1] ?? "*")) ?? "*"}`);
  }
  let isOpen = parsed.some((one) => one.isOpen || one.axes.length > shared.length);
  while (shared.at(-1)?.endsWith("=*") === true) {
    shared.pop();
    isOpen = true;
  }
  if (shared.length > 0) return `${scenario}[${shared.join(",")}${isOpen ? "*" : ""}]`;
  return isOpen && !scenario.endsWith("*") ? `${scenario}[*]` : scenario;
}

const same = (values: readonly string[]): string | undefined =>
  new Set(values).size === 1 ? values[0] : undefined;

interface ParsedPattern {
  readonly scenario: string;
  readonly axes: readonly (readonly [name: string, value: string])[];
  /** True if it matches cases with any further axes. */
  readonly isOpen: boolean;
}

function parse(pattern: string): ParsedPattern {
  const [, scenario, text] = /^([^[]*)\[(.*)\]$/.exec(pattern) ?? [];
  if (scenario === undefined || text === undefined)
    return { scenario: pattern, axes: [], isOpen: pattern.endsWith("*") };
  const isOpen = text.endsWith("*") && !text.endsWith("=*");
  const axes = (isOpen ? text.slice(0, -1) : text).split(",").filter((axis) => axis !== "");
  return {
    scenario,
    axes: axes.map((axis) => {
      const [name = "", ...value] = axis.split("=");
      return [name, value.join("=")];
    }),
    isOpen,
  };
}
