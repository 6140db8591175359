import type { Expression, Node, PrivateIdentifier, Property, SpreadElement, Super } from "acorn";
import { wordsOf } from "../infer-notice/words.ts";

/** Piece of a text that a program builds: a literal, or an expression that only run time knows. */
export type TextPiece =
  { readonly text: string } | { readonly unknown: string; readonly meaning: Meaning | undefined };

/** Constants of a program by name: names that get a value once. */
export type Constants = ReadonlyMap<string, Expression>;

export interface Source {
  readonly text: string;
  readonly constants: Constants;
}

/** Step limits for one expression, and for a script. Names that refer to names can make a short program endless. */
const stepsMax = 500;
const stepsInAllMax = 200_000;
const depthMax = 100;
const textLengthMax = 1_000;

/** Text with templates for unknown parts, and the parts that need a look. */
export interface Made {
  readonly text: string;
  /** Expressions behind the template, as the page writes them. */
  readonly unknown: readonly string[];
}

/** Evaluates expressions without running them, in a limited number of steps. */
export class Evaluation {
  readonly source: Source;
  #steps = 0;
  #stepsInAll = 0;

  constructor(source: Source) {
    this.source = source;
  }

  /** Starts another expression. */
  begin(): this {
    this.#steps = 0;
    return this;
  }

  /** Returns true if a step is left for the expression. */
  spend(): boolean {
    this.#steps += 1;
    this.#stepsInAll += 1;
    return this.#steps <= stepsMax && this.#stepsInAll <= stepsInAllMax;
  }

  /** Returns the pieces of the text that an expression builds. */
  piecesOf(node: Node | null | undefined, depth = 0): TextPiece[] {
    if (node === null || node === undefined) return [];
    if (!this.spend() || depth > depthMax) return [this.#unknown(node)];
    const expression = node as Expression;
    const inner = (one: Node) => this.piecesOf(one, depth + 1);
    switch (expression.type) {
      case "Literal":
        return expression.value instanceof RegExp
          ? [this.#unknown(node)]
          : [{ text: String(expression.value).slice(0, textLengthMax) }];
      case "TemplateLiteral":
        return expression.quasis.flatMap((quasi, place) => {
          const next = expression.expressions[place];
          return [
            { text: quasi.value.cooked ?? quasi.value.raw },
            ...(next === undefined ? [] : inner(next)),
          ];
        });
      case "BinaryExpression":
        return expression.operator === "+"
          ? [...inner(expression.left), ...inner(expression.right)]
          : [this.#unknown(node)];
      case "CallExpression":
        return this.#ofCall(expression, inner) ?? [this.#unknown(node)];
      case "Identifier":
      case "MemberExpression": {
        const constant = this.constantOf(expression);
        const pieces = constant === undefined ? [] : inner(constant);
        return pieces.some((piece) => "text" in piece) ? pieces : [this.#unknown(node)];
      }
      default:
        return [this.#unknown(node)];
    }
  }

  /** Returns the value of a name, or of a member of a named object; undefined if there may be several. */
  constantOf(node: Expression | PrivateIdentifier | Super): Expression | undefined {
    if (node.type === "Identifier") return this.source.constants.get(node.name);
    if (node.type !== "MemberExpression" || node.object.type !== "Identifier") return undefined;
    const object = this.source.constants.get(node.object.name);
    const key = keyOf(node.property, node.computed);
    return object?.type === "ObjectExpression" ? valueAt(object.properties, key) : undefined;
  }

  #ofCall(
    call: Extract<Expression, { type: "CallExpression" }>,
    inner: (node: Node) => TextPiece[],
  ): TextPiece[] | undefined {
    const { callee } = call;
    const values = call.arguments;
    if (callee.type === "Identifier" && ["String", "encodeURIComponent", "encodeURI"].includes(callee.name))
      return values.slice(0, 1).flatMap(inner);
    if (callee.type !== "MemberExpression") return undefined;
    const method = keyOf(callee.property, callee.computed);
    if (method === "concat") return [...inner(callee.object), ...values.flatMap(inner)];
    const pieces = ["trim", "toString"].includes(method ?? "") ? inner(callee.object) : [];
    return pieces.some((piece) => "text" in piece) ? pieces : undefined;
  }

  #unknown(node: Node): TextPiece {
    const source = this.source.text.slice(node.start, Math.min(node.end, node.start + 400));
    return {
      unknown: source.length > 120 ? `${source.slice(0, 119)}…` : source,
      meaning: meaningOf(source),
    };
  }
}

/** Returns the key of a member or a property, if it is a literal. */
export function keyOf(node: Expression | PrivateIdentifier, computed: boolean): string | undefined {
  if (node.type === "Identifier" && !computed) return node.name;
  return node.type === "Literal" ? String(node.value) : undefined;
}

/** Returns the value of an object's property; undefined for a missing or computed one. */
export function valueAt(
  properties: readonly (Property | SpreadElement)[],
  key: string | undefined,
): Expression | undefined {
  const found = properties.findLast(
    (one) => one.type === "Property" && key !== undefined && keyOf(one.key, one.computed) === key,
  );
  return found?.type === "Property" ? found.value : undefined;
}

/** Returns the template name for an expression; `other` if it is surely none of them. */
export type Meaning = "client" | "room" | "sessionId" | "other";

const meanings = new Map<string, Meaning>(
  Object.entries({
    client:
      "user username userid name nickname nick sender client clientdata clientid login author from who me person member " +
      "participant player principal account",
    room: "room roomid roomname roomcode chatroom",
    sessionId: "session sessionid transport sid",
    other: "file host topic channel event type field class tag content message msg text token date time",
  } satisfies Record<Meaning, string>).flatMap(([meaning, words]) =>
    words.split(" ").map((word) => [word, meaning as Meaning] as const),
  ),
);

/** Returns the words of an expression or a key, the last first: `userMessage` is a message. */
export function meaningOf(source: string): Meaning | undefined {
  const words = wordsOf(source.slice(0, 400)).reverse();
  for (const [place, word] of words.entries()) {
    const before = word === "name" ? meanings.get(words[place + 1] ?? "") : undefined;
    const meaning = before ?? meanings.get(word);
    if (meaning !== undefined) return meaning;
  }
  return undefined;
}
