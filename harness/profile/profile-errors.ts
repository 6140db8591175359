import { z } from "zod";

/** Returns the JSON Schema of a profile for editors, without functions, which only programs can hold. */
export function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  return z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === "custom") jsonSchema.not = {};
    },
  });
}

/** Returns one line for each error in a value: the place, the error, and the fix. */
export function complaintsOf({ issues }: z.ZodError, schema: z.ZodType, value: unknown): string[] {
  const described = jsonSchemaOf(schema);
  return issues.map((issue) => {
    const where = pathOf(issue.path);
    switch (issue.code) {
      case "unrecognized_keys": {
        const known = keysAt(described, issue.path, value).join(", ");
        return `${where}: unknown key ${issue.keys.map((key) => `"${key}"`).join(", ")}; valid keys: ${known}`;
      }
      case "invalid_key":
        return `${where}: the key ${issue.issues.map(({ message }) => message).join(", ")}`;
      case "invalid_type":
        return `${where}: ${mistyped(issue, at(value, issue.path))}`;
      case "invalid_value":
        return `${where}: must be ${oneOf(issue.values)}`;
      case "too_small":
        return `${where}: must be ${issue.origin === "string" || issue.origin === "array" ? "non-empty" : `at least ${String(issue.minimum)}`}`;
      case "too_big":
        return `${where}: must be at most ${String(issue.maximum)}`;
      default:
        return `${where}: ${issue.message}`;
    }
  });
}

/** Returns a path as the author of a profile writes it. */
export const pathOf = (path: readonly PropertyKey[]): string =>
  path.length === 0 ? "the profile" : z.core.toDotPath([...path]);

const articles = {
  int: "a whole number",
  object: "an object",
  array: "a list",
  record: "an object",
} as const;
const named = (type: string): string => (articles as Readonly<Record<string, string>>)[type] ?? `a ${type}`;

function mistyped({ expected }: { readonly expected: string }, value: unknown): string {
  if (value === undefined) return `is missing; it must be ${named(expected)}`;
  const is = value === null ? "null" : named(Array.isArray(value) ? "array" : typeof value);
  return expected === "int" && is === "a number"
    ? "must be a whole number"
    : `must be ${named(expected)}, not ${is}`;
}

const oneOf = (values: readonly unknown[]): string =>
  values.map((value) => JSON.stringify(value)).join(" or ");

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (here, key) =>
      typeof here === "object" && here !== null ? (here as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}

interface Described {
  readonly properties?: Readonly<Record<string, Described>>;
  readonly additionalProperties?: Described;
  readonly items?: Described;
  readonly anyOf?: readonly Described[];
  readonly oneOf?: readonly Described[];
  readonly const?: unknown;
}

/** Returns the keys that are valid at a path. Of a union, only the members that fit the value count. */
function keysAt(schema: Described, path: readonly PropertyKey[], value: unknown): string[] {
  const [first, ...rest] = path;
  const kinds = schema.anyOf ?? schema.oneOf;
  if (kinds !== undefined) {
    const fitting = kinds.filter((kind) => fits(kind, value));
    return [
      ...new Set((fitting.length === 0 ? kinds : fitting).flatMap((kind) => keysAt(kind, path, value))),
    ];
  }
  if (first === undefined) return Object.keys(schema.properties ?? {});
  const inner = schema.properties?.[String(first)] ?? schema.items ?? schema.additionalProperties;
  return inner === undefined ? [] : keysAt(inner, rest, at(value, [first]));
}

/** Returns true if no constant of the schema contradicts the value. */
function fits({ properties = {} }: Described, value: unknown): boolean {
  return Object.entries(properties).every(
    ([key, { const: constant }]) =>
      constant === undefined || at(value, [key]) === constant || at(value, [key]) === undefined,
  );
}
