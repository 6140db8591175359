import { z } from "zod";
import { mapTexts } from "../util/json.ts";
import { secrets } from "../secrets/secrets.ts";

/** What templates are filled with, by name. */
export type Values = Readonly<Record<string, string>>;

/** Text in which `{name}` stands for a value, or a function that makes the text of the values. */
export type Template = string | ((values: Values) => string);

/** Any JSON, with templates for its texts; or one template for the whole. */
export type JsonTemplate = Template | { readonly [key: string]: unknown } | readonly unknown[];

/** Filled in everywhere. `{room}` is a name of each case's own, so that cases do not share a topic that has it. */
export const builtIn = ["client", "sessionId", "room"] as const;

const made = z.custom<(values: Values) => string>((value) => typeof value === "function");

export const template = z.union([z.string().min(1), made], {
  error: "must be a text with something in it, or in a profile that is a program a function that makes one",
});

export const jsonTemplate = z.union(
  [z.string().min(1), made, z.record(z.string(), z.unknown()), z.array(z.unknown())],
  { error: "must be a JSON object or array, a text, or a function that makes one" },
);

export const templates = z.record(z.string().min(1), template);

const placeholder = /\{([A-Za-z]\w*)\}/g;

/** The text with the values put in. A name that has no value yet stays as it is. */
export function fill(text: Template, values: Values): string {
  if (typeof text === "function") return text(values);
  return text.replaceAll(placeholder, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}

/**
 * Each of the texts with the values put in. Such maps hold a profile's credentials (headers, cookies, queries, forms,
 * environments), so what they are filled with is kept out of every output from then on.
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

/** Learns what a template was filled to, unless that is nothing but the client's name, the case's or the session's. */
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

/** What a text holds beside its placeholders, without the scheme of an `Authorization`. */
const literalsOf = (text: string): string[] =>
  text
    .split(placeholder)
    .filter((_, place) => place % 2 === 0)
    .filter((literal) => !schemes.test(literal));

/** The text with its placeholders alone; `***` stands for all between them, and for what a function makes. */
export function masked(text: unknown): string {
  // A function may name the client, and a profile that identifies by CONNECT must do so somewhere.
  if (typeof text !== "string") return typeof text === "function" ? "***{client}" : "***";
  return text
    .split(placeholder)
    .map((piece, place) => (place % 2 === 1 ? `{${piece}}` : piece === "" ? "" : "***"))
    .join("");
}

/** A body with the values put into its texts: JSON, or the text as it is. */
export function fillBody(body: JsonTemplate, values: Values): string {
  if (typeof body === "string" || typeof body === "function") return fill(body, values);
  return JSON.stringify(mapTexts(body, (text) => fill(text, values)));
}

/** The names that stand in braces in any text of a value, however deep. What a function asks for is not known. */
export function namesIn(value: unknown): string[] {
  const names: string[] = [];
  mapTexts(value, (text) => {
    names.push(...[...text.matchAll(placeholder)].map(([, name = ""]) => name));
    return text;
  });
  return names;
}
