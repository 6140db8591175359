import type { Expression, Node } from "acorn";
import { keyOf, meaningOf, type Evaluation, type Made, type TextPiece } from "./text-pieces.ts";

/** Stands in a body for an unknown value. */
export const unknownText = "unknown";

/**
 * Returns a text of pieces with `{name}` for unknown ones: `{client}`, `{room}`, `{sessionId}` or the last word of the
 * expression.
 */
export function textOf(pieces: readonly TextPiece[]): Made {
  const unknown: string[] = [];
  const text = pieces.map((piece) => {
    if ("text" in piece) return piece.text;
    unknown.push(piece.unknown);
    return `{${placeholderOf(piece)}}`;
  });
  return { text: text.join(""), unknown };
}

function placeholderOf({ unknown, meaning }: Extract<TextPiece, { unknown: string }>): string {
  const own = /([A-Za-z]\w{0,40})\W{0,20}$/.exec(unknown.slice(-60))?.[1] ?? "value";
  return meaning === undefined || meaning === "other" ? own : meaning;
}

/** Returns a URL of pieces. An unknown origin or base is left out: the path stays, and needs a look by the user. */
export function addressOf(pieces: readonly TextPiece[]): Made {
  const hole = "\0";
  const marked = pieces.map((piece) => ("text" in piece ? piece.text.replaceAll(hole, "") : hole)).join("");
  const [origin = ""] = /^(?:[^/]*\/\/)?[^/]*/.exec(marked) ?? [];
  const made = textOf(pieces);
  if (!origin.includes(hole)) return made;
  const path = marked.slice(origin.length) || marked.slice(marked.lastIndexOf(hole) + 1);
  const holes = pieces.filter((piece) => "unknown" in piece).map(placeholderOf);
  let next = holes.length - (path.split(hole).length - 1);
  const text = path.replaceAll(hole, () => `{${holes[next++] ?? "value"}}`);
  return { text: text === "" || text.startsWith("/") ? text : `/${text}`, unknown: made.unknown };
}

/** Returns the body that a page sends, as a template for a profile. */
export interface Body {
  readonly body: unknown;
  /** Unknown or guessed parts of the body, as the page writes them. */
  readonly unknown: readonly string[];
}

/** Returns the template of a body: the object given to JSON.stringify, or a text. */
export function bodyOf(evaluation: Evaluation, node: Node | undefined): Body {
  if (node === undefined) return { body: "", unknown: [] };
  const given = resolved(evaluation, node);
  if (given.type === "CallExpression" && isStringify(given)) {
    const [value] = given.arguments;
    return value === undefined ? { body: "", unknown: [] } : jsonOf(evaluation, value);
  }
  const pieces = evaluation.piecesOf(given);
  if (
    pieces.every((piece) => "unknown" in piece) &&
    pieces.some((piece) => "unknown" in piece && [undefined, "other"].includes(piece.meaning))
  )
    return { body: unknownText, unknown: textOf(pieces).unknown };
  const { text, unknown } = textOf(pieces);
  return { body: text, unknown };
}

type Call = Extract<Expression, { type: "CallExpression" }>;

const isStringify = ({ callee }: Call): boolean =>
  callee.type === "MemberExpression" &&
  ["stringify", "toJson"].includes(keyOf(callee.property, callee.computed) ?? "");

/** Follows names to their values, a few steps far. */
function resolved(evaluation: Evaluation, node: Node): Expression {
  let here = node as Expression;
  for (let step = 0; step < 5; step += 1) {
    const next = evaluation.constantOf(here);
    if (next === undefined) return here;
    here = next;
  }
  return here;
}

function jsonOf(evaluation: Evaluation, root: Node): Body {
  const unknown: string[] = [];
  const value = (node: Node, key: string, depth: number): unknown => {
    const given = resolved(evaluation, node);
    if (!evaluation.spend() || depth > 20) return told(evaluation.piecesOf(given), key);
    switch (given.type) {
      case "ObjectExpression":
        return Object.fromEntries(
          given.properties.flatMap((one): [string, unknown][] => {
            const name = one.type === "Property" ? keyOf(one.key, one.computed) : undefined;
            if (one.type === "Property" && name !== undefined)
              return [[name, value(one.value, name, depth + 1)]];
            unknown.push(evaluation.source.text.slice(one.start, Math.min(one.end, one.start + 120)));
            return [];
          }),
        );
      case "ArrayExpression":
        return given.elements.map((one) => (one === null ? null : value(one, key, depth + 1)));
      case "Literal":
        return given.value instanceof RegExp || typeof given.value === "bigint" ? told([], key) : given.value;
      case "UnaryExpression":
        return constantOf(given) ?? told(evaluation.piecesOf(given), key);
      default:
        return told(evaluation.piecesOf(given), key);
    }
  };
  const told = (pieces: readonly TextPiece[], key: string): string => {
    const [only] = pieces;
    if (pieces.length !== 1 || only === undefined || "text" in only) {
      const made = textOf(pieces);
      unknown.push(...made.unknown);
      return made.text;
    }
    const meaning = only.meaning ?? meaningOf(key);
    if (meaning !== undefined && meaning !== "other") return `{${meaning}}`;
    unknown.push(key === "" ? only.unknown : `${key}: ${only.unknown}`);
    return unknownText;
  };
  return { body: value(root, "", 0), unknown };
}

/** Returns the value of `!0`, `!1` and negative numbers, as minifiers write them. */
function constantOf({ operator, argument }: Extract<Expression, { type: "UnaryExpression" }>): unknown {
  if (argument.type !== "Literal") return undefined;
  if (operator === "!") return argument.value === 0 || argument.value === false;
  return operator === "-" && typeof argument.value === "number" ? -argument.value : undefined;
}
