import { traitsOf } from "../../harness/profile/transports.ts";
import { quote } from "../wire/words.ts";
import { good, note, problem, type DoctorFinding } from "../suggest/finding.ts";
import { openSockets, unopenedSockets, type OpenSocket } from "./page-sockets.ts";
import { evaluateOn, type Evaluated } from "./sandbox.ts";

/** Expression that gives the session id on every transport of sockjs-client 1.6, at any endpoint and with any query. */
export const soundExpression = String.raw`(socket._transport.url ?? socket._transport.transUrl).replace(/[?#].*$/s, "").replace(/\/websocket$/, "").split("/").pop()`;

const subject = "session id";

/**
 * Evaluates a page's expression for its session id on the addresses that sockjs-client makes for this endpoint. Names the transports
 * on which it gives another text than the session id.
 * @param isBare true for a WebSocket without SockJS
 */
export async function sessionIdFindings(
  expression: string,
  target: URL,
  isBare: boolean,
): Promise<DoctorFinding[]> {
  if (isBare)
    return [
      note(
        subject,
        "the expression was not tried: a WebSocket without SockJS has no session id in its address",
      ),
    ];
  const open = openSockets(target);
  const unopened = unopenedSockets(target);
  const results = await evaluateOn(expression, [...open.map(({ socket }) => socket), ...unopened]);
  const tried = open.map((one, index) => ({ ...one, result: results[index] ?? unevaluated }));
  return [...ofOpen(expression, tried), ...ofUnopened(results.slice(open.length))];
}

const unevaluated: Evaluated = { kind: "error", message: "not evaluated" };

type Tried = OpenSocket & { readonly result: Evaluated };

const isRight = ({ result, sessionId }: Tried): boolean =>
  result.kind === "text" && result.text === sessionId;

function ofOpen(expression: string, tried: readonly Tried[]): DoctorFinding[] {
  const names = [...new Set(tried.map(({ transport }) => transport))];
  const allWrong = tried.filter((one) => !isRight(one));
  const own = allWrong.filter(({ isOwn }) => isOwn);
  const right = names.filter((name) => own.every(({ transport }) => transport !== name));
  const is = `${quote(expression, 120)} gives the session id`;
  if (own.length === 0) {
    const found = good(subject, `${is} on ${right.join(", ")}`);
    if (allWrong.length === 0) return [found];
    const says = `not at every address of the endpoint, such as below a context path or with a query. ${examplesOf(allWrong).join(". ")}`;
    return [found, note(subject, says, `before the address changes, let the page use ${soundExpression}`)];
  }
  const says = `${is} on ${right.length === 0 ? "no transport" : `${right.join(", ")} only`}. ${examplesOf(own).join(". ")}`;
  // sockjs-client uses iframes in old browsers, for servers of another origin.
  const isOnlyOnIframes = own.every(({ transport }) => traitsOf(transport)?.iframeOf !== undefined);
  return [isOnlyOnIframes ? note(subject, says, mendOf(own)) : problem(subject, says, mendOf(own))];
}

function mendOf(wrong: readonly Tried[]): string {
  const name = wrong.map(({ result }) => undefinedNameIn(result)).find((one) => one !== undefined);
  return name === undefined
    ? `let the page use ${soundExpression}`
    : `write the expression with \`socket\` or \`stompClient\` in place of \`${name}\`, which only the page knows`;
}

/** Returns one example for each distinct result, with the transports that share it. */
function examplesOf(wrong: readonly Tried[]): string[] {
  const byResult = new Map<string, Tried[]>();
  for (const one of wrong) {
    const hasUrl = one.socket._transport?.url !== undefined;
    const words = `${wordsOf(one.result)}: the address is${hasUrl ? "" : " undefined, and `_transport.transUrl` is"}`;
    byResult.set(words, [...(byResult.get(words) ?? []), one]);
  }
  return [...byResult].slice(0, 4).map(([words, all]) => {
    const transports = [...new Set(all.map(({ transport }) => transport))].join(", ");
    const [{ socket } = { socket: undefined }] = all;
    return `On ${transports} it gives ${words} ${addressOf(socket)}`;
  });
}

const addressOf = (socket: OpenSocket["socket"] | undefined): string =>
  socket?._transport?.url ?? socket?._transport?.transUrl ?? "undefined";

function wordsOf(result: Evaluated): string {
  switch (result.kind) {
    case "text":
      return quote(result.text, 120);
    case "other":
      return ["null", "undefined"].includes(result.name) ? result.name : `a value of type ${result.name}`;
    case "error":
      return `an error (${quote(result.message, 120)})`;
  }
}

const undefinedNameIn = (result: Evaluated): string | undefined =>
  result.kind === "error"
    ? /^ReferenceError: ([\w$]{1,60}) is not defined/.exec(result.message)?.[1]
    : undefined;

/** A page that evaluates the expression too early or too late gets an error, which nobody may expect. */
function ofUnopened([before, after]: readonly Evaluated[]): DoctorFinding[] {
  if (before?.kind !== "error" && after?.kind !== "error") return [];
  const says =
    "the expression throws before the connection is open and after close(), because socket._transport is then undefined or null";
  return [note(subject, says, "evaluate it in onopen or STOMP's onConnect, and keep the result")];
}
