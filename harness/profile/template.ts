import { z } from "zod";
import { mapTexts } from "../util/json.ts";
import { secrets } from "../secrets/secrets.ts";

/** Values for templates, by name. */
export type Values = Readonly<Record<string, string>>;

/** Text with `{name}` for values, or a function that makes the text from the values. */
export type Template = string | ((values: Values) => string);

/** JSON with templates for its texts, or one template for the whole. */
export type JsonTemplate = Template | { readonly [key: string]: unknown } | readonly unknown[];

/**
 * Names that every template knows. `{room}` differs from case to case, so that cases do not share a topic that contains
 * it.
 */
export const builtIn = ["client", "sessionId", "room"] as const;

const made = z.custom<(values: Values) => string>((value) => typeof value === "function");

export const template = z.union([z.string().min(1), made], {
  error: "must be a non-empty string (or, in a .ts/.js profile, a function that returns one)",
});

export const jsonTemplate = z.union(
  [z.string().min(1), made, z.record(z.string(), z.unknown()), z.array(z.unknown())],
  { error: "must be a JSON object or array, a string, or a function that returns a string" },
);

export const templates = z.record(z.string().min(1), template);

const placeholder = /\{([A-Za-z]\w*)\}/g;

/** Returns the text with values filled in. A name without a value stays as it is. */
export function fill(text: Template, values: Values): string {
  if (typeof text === "function") return text(values);
  return text.replaceAll(placeholder, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}

/**
 * Fills in each of the texts. Such maps hold a profile's credentials (headers, cookies, queries, forms, environments), so
 * their values are masked in every output from then on.
 */
export function fillAll(texts: Readonly<Record<string, Template>>, values: Values): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => {
      const filled = fill(text, values);
      learnFilled(text, filled, values);
      return [name, filled];
    }),
  );
}

/** Returns the texts whose names all have a value. `later` are names that get one later; a function may use any of them. */
export function knownAmong(
  texts: Readonly<Record<string, Template>>,
  values: Values,
  later: readonly string[],
): Record<string, Template> {
  const isKnown = (text: Template): boolean =>
    typeof text === "function"
      ? later.length === 0
      : namesIn(text).every(
          (name) => name !== "sessionId" && !later.includes(name) && Object.hasOwn(values, name),
        );
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => isKnown(text)));
}

/** Learns a filled template as a secret, unless it is only the name of the client, the case or the session. */
export function learnFilled(text: Template, filled: string, values: Values): void {
  if (typeof text === "function") {
    if (!builtIn.some((name) => values[name] === filled)) secrets.learn(filled);
    return;
  }
  const literals = literalsOf(text);
  if (secrets.isPublic(text) || !literals.some((literal) => /[\p{L}\p{N}]/u.test(literal))) return;
  for (const part of [filled, ...literals]) secrets.learn(part);
}

const schemes = /^(?:basic|bearer|digest|negotiate|token)\s*$/i;

/** Returns the parts of a text between placeholders, without the scheme of an `Authorization` header. */
const literalsOf = (text: string): string[] =>
  text
    .split(placeholder)
    .filter((_, place) => place % 2 === 0)
    .filter((literal) => !schemes.test(literal));

/** Returns the text with `***` for everything but its placeholders, and for a function. */
export function masked(text: unknown): string {
  // A function may use the client's name, and a profile that identifies by CONNECT must use it somewhere.
  if (typeof text !== "string") return typeof text === "function" ? "***{client}" : "***";
  return text
    .split(placeholder)
    .map((piece, place) => (place % 2 === 1 ? `{${piece}}` : piece === "" ? "" : "***"))
    .join("");
}

/** Fills in a body: JSON with templates, or a text. */
export function fillBody(body: JsonTemplate, values: Values): string {
  if (typeof body === "string" || typeof body === "function") return fill(body, values);
  return JSON.stringify(mapTexts(body, (text) => fill(text, values)));
}

/** Returns the names in braces in all texts of a value, however deep. The names that a function uses are unknown. */
export function namesIn(value: unknown): string[] {
  const names: string[] = [];
  mapTexts(value, (text) => {
    names.push(...[...text.matchAll(placeholder)].map(([, name = ""]) => name));
    return text;
  });
  return names;
}
