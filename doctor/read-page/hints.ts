import type { AnyNode, CallExpression, Expression, Node } from "acorn";
import { addressOf, bodyOf, textOf } from "./templates.ts";
import { keyOf, valueAt, type Evaluation } from "./text-pieces.ts";

/** Finding in a page, with its place and its source text. */
export interface Hint {
  /** Source and line. */
  readonly where: string;
  /** Source text, in at most 120 characters. */
  readonly quoted: string;
  /** Expressions with values that only run time knows. Each needs a look by the user. */
  readonly unknown: readonly string[];
}

export interface EndpointHint extends Hint {
  /** URL, or a path if the page computes the rest at run time. */
  readonly address: string;
  readonly transport: "sockjs" | "native";
}

export interface SubscriptionHint extends Hint {
  /** Destination, with `{room}`, `{client}`, `{sessionId}` or another name for a value that the page fills in. */
  readonly destination: string;
}

export interface SendHint extends Hint {
  readonly destination: string;
  /** Template: JSON if the page sends JSON, else a text. An unknown value is the text `unknown`. */
  readonly body: unknown;
}

/** Findings in one script. */
export interface ScriptHints {
  readonly endpoints: EndpointHint[];
  readonly subscriptions: SubscriptionHint[];
  readonly sends: SendHint[];
}

type HintOf = (unknown: readonly string[]) => Hint;

const addressLengthMax = 500;

/** Adds the findings in one node of a program. */
export function readNode(node: AnyNode, evaluation: Evaluation, hints: ScriptHints, hintOf: HintOf): void {
  const endpoint = (value: Node | undefined, transport: EndpointHint["transport"]) => {
    const { text, unknown } = addressOf(evaluation.piecesOf(value));
    const isAddress =
      /^(?:https?:\/|wss?:\/|\.{0,2})\//i.test(text) || (transport === "sockjs" && /^\w+$/.test(text));
    if (isAddress && text.length <= addressLengthMax)
      hints.endpoints.push({ address: text, transport, ...hintOf(unknown) });
  };
  switch (node.type) {
    case "NewExpression":
      if (isNamed(node.callee, "WebSocket")) endpoint(node.arguments[0], "native");
      else if (isSockJs(node.callee)) endpoint(node.arguments[0], "sockjs");
      break;
    case "CallExpression":
      if (isSockJs(node.callee)) endpoint(node.arguments[0], "sockjs");
      else readCall(node, evaluation, hints, hintOf, endpoint);
      break;
    case "Property":
      readMember(keyOf(node.key, node.computed), node.value, endpoint);
      break;
    case "AssignmentExpression":
      if (node.left.type === "MemberExpression")
        readMember(keyOf(node.left.property, node.left.computed), node.right, endpoint);
      break;
    default:
  }
}

type AddEndpoint = (value: Node | undefined, transport: EndpointHint["transport"]) => void;

/** Settings of a client: its own URL, or its socket factory, under any name in a bundle. */
function readMember(key: string | undefined, value: Node, endpoint: AddEndpoint): void {
  if (key === "brokerURL") endpoint(value, "native");
  if (key !== "webSocketFactory") return;
  const made = madeBy(value as Expression);
  if (made?.type === "NewExpression" && !isNamed(made.callee, "WebSocket") && !isSockJs(made.callee))
    endpoint(made.arguments[0], "sockjs");
}

function readCall(
  call: CallExpression,
  evaluation: Evaluation,
  hints: ScriptHints,
  hintOf: HintOf,
  endpoint: AddEndpoint,
): void {
  const { callee } = call;
  if (callee.type !== "MemberExpression") return;
  const [first, second, third] = call.arguments;
  const send = (to: Node | undefined, content: Node | undefined) => {
    const destination = textOf(evaluation.piecesOf(to));
    if (!isDestination(destination.text)) return;
    const { body, unknown } = bodyOf(evaluation, content);
    hints.sends.push({
      destination: destination.text,
      body,
      ...hintOf([...destination.unknown, ...unknown]),
    });
  };
  const settings = first?.type === "ObjectExpression" ? first.properties : undefined;
  switch (keyOf(callee.property, callee.computed)) {
    case "client":
      if (/^wss?:/.test(textOf(evaluation.piecesOf(first)).text) || isStomp(callee.object))
        endpoint(first, "native");
      break;
    case "over":
      if (first?.type === "NewExpression" && !isSockJs(first.callee) && !isNamed(first.callee, "WebSocket"))
        endpoint(first.arguments[0], "sockjs");
      break;
    case "subscribe":
    case "watch": {
      const to = settings === undefined ? first : valueAt(settings, "destination");
      const { text, unknown } = textOf(evaluation.piecesOf(to));
      if (isDestination(text)) hints.subscriptions.push({ destination: text, ...hintOf(unknown) });
      break;
    }
    case "send":
      send(first, third);
      break;
    case "publish":
      if (settings === undefined) send(first, second);
      else send(valueAt(settings, "destination"), valueAt(settings, "body"));
      break;
    default:
  }
}

const isDestination = (text: string): boolean => /^\/[^\s<>]*$/.test(text) && text.length <= addressLengthMax;

/** Returns the expression of a function that only returns one. */
function madeBy(value: Expression): Expression | undefined {
  if (value.type !== "ArrowFunctionExpression" && value.type !== "FunctionExpression") return undefined;
  if (value.body.type !== "BlockStatement") return value.body;
  const last = value.body.body.at(-1);
  return last?.type === "ReturnStatement" ? (last.argument ?? undefined) : undefined;
}

const lastName = (node: Node): string => {
  const one = node as Expression;
  if (one.type === "Identifier") return one.name;
  if (one.type === "MemberExpression") {
    const own = keyOf(one.property, one.computed) ?? "";
    return own === "default" || own === "a" ? lastName(one.object) : own;
  }
  return one.type === "CallExpression" && one.arguments.length === 0 ? lastName(one.callee) : "";
};
const isNamed = (node: Node, name: string): boolean => lastName(node) === name;

/** Returns true for `SockJS`, also as bundlers rename an import. */
const isSockJs = (node: Node): boolean => /^(?:_?sockjs|.*sockjs[-_]?client.*)$/i.test(lastName(node));
const isStomp = (node: Node): boolean => /stomp/i.test(lastName(node));
