import { request as requestPlain, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { request as requestSecure } from "node:https";
import type { Socket } from "node:net";

/** Limit for the body of an answer, in bytes. Usual answers have some hundred. */
export const bodyLimitBytes = 65_536;

export interface HttpQuestion {
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Ends the wait. The result holds what has arrived until then. */
  readonly signal: AbortSignal;
}

export type HttpResult =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: IncomingHttpHeaders;
      readonly body: string;
      /** Reason why the body ended: its end, the size limit, the time limit, or a broken connection. */
      readonly ended: "whole" | "too-long" | "too-slow" | "broken";
    }
  | {
      readonly kind: "trouble";
      /** Node's error code, such as `ECONNREFUSED`; `SILENCE` after the time limit. */
      readonly code: string;
      readonly message: string;
      /** True if a server accepted the connection. Set after the time limit only. */
      readonly connected: boolean;
      readonly receivedBytes: number;
      /** First bytes of an answer that is no HTTP. */
      readonly firstBytes?: Buffer;
    };

export type HttpAnswer = Extract<HttpResult, { kind: "answer" }>;
export type HttpTrouble = Extract<HttpResult, { kind: "trouble" }>;

/** Sends a request on its own connection. Never rejects. Afterwards the connection is closed. */
export function ask(url: URL, { signal, body, headers, ...question }: HttpQuestion): Promise<HttpResult> {
  return new Promise((resolve) => {
    const request = open(url, { method: question.method ?? "GET", headers: { ...headers } });
    if (request instanceof Error) return resolve(troubleOf(request, undefined));
    let socket: Socket | undefined;
    let response: IncomingMessage | undefined;
    const pieces: Buffer[] = [];
    let bytes = 0;
    const finish = (asked: HttpResult) => {
      signal.removeEventListener("abort", expire);
      resolve(asked);
      request.destroy();
    };
    const answer = (message: IncomingMessage, ended: HttpAnswer["ended"]) =>
      finish({
        kind: "answer",
        status: message.statusCode ?? 0,
        headers: message.headers,
        body: String(Buffer.concat(pieces).subarray(0, bodyLimitBytes)),
        ended,
      });
    const expire = () => {
      if (response !== undefined) answer(response, "too-slow");
      else finish(troubleOf(Object.assign(new Error("silence"), { code: "SILENCE" }), socket));
    };
    signal.addEventListener("abort", expire);
    request.on("socket", (own) => (socket = own));
    // This listener stays, since an aborted request may emit an error later.
    request.on("error", (error) => {
      if (response === undefined) finish(troubleOf(error, socket));
    });
    request.on("upgrade", (message, own) => {
      own.destroy();
      answer(message, "whole");
    });
    request.on("response", (message) => {
      response = message;
      message.on("data", (piece: Buffer) => {
        pieces.push(piece);
        bytes += piece.length;
        if (bytes > bodyLimitBytes) answer(message, "too-long");
      });
      message.on("end", () => answer(message, "whole"));
      message.on("error", () => answer(message, "broken"));
    });
    request.end(body);
    if (signal.aborted) expire();
  });
}

/** Opens a request on its own connection. Returns Node's error for an invalid request. */
export function open(
  url: URL,
  { method, headers }: { readonly method: string; readonly headers: Readonly<Record<string, string>> },
): ReturnType<typeof requestPlain> | Error {
  const begin = url.protocol === "https:" ? requestSecure : requestPlain;
  try {
    return begin(url, { method, headers: { "User-Agent": "hangup", ...headers }, agent: false });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function troubleOf(error: Error, socket: Socket | undefined): HttpTrouble {
  const { code, rawPacket } = error as { code?: unknown; rawPacket?: unknown };
  return {
    kind: "trouble",
    code: typeof code === "string" ? code : error.name,
    // For a host with several addresses, the error that holds all errors has no message.
    message: error instanceof AggregateError ? String(error.errors[0]) : error.message,
    connected: socket?.connecting === false && socket.remotePort !== undefined,
    receivedBytes: socket?.bytesRead ?? 0,
    ...(Buffer.isBuffer(rawPacket) ? { firstBytes: rawPacket } : {}),
  };
}
