import { createReadStream } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { ServerContext } from "./flow/live-session.ts";
import type { RecentEvents } from "./recent-events.ts";

/** Path of sockjs-client, which the demo page and the iframe transports load. */
export const clientPath = "/sockjs.js";

const { resolve } = createRequire(import.meta.url);
const demo = (name: string): string => fileURLToPath(new URL(`demo/${name}`, import.meta.url));

const files: ReadonlyMap<string, readonly [file: string, type: string]> = new Map([
  ["/", [demo("index.html"), "text/html"]],
  ["/demo.css", [demo("demo.css"), "text/css"]],
  ["/demo.js", [demo("demo.js"), "text/javascript"]],
  [clientPath, [resolve("sockjs-client/dist/sockjs.min.js"), "text/javascript"]],
  ["/stomp.js", [resolve("@stomp/stompjs"), "text/javascript"]],
]);

/** Answers requests outside the endpoint: the demo page, `/health`, and `/probe` unless `recent` is null. */
export function answerPage(
  request: IncomingMessage,
  response: ServerResponse,
  context: ServerContext,
  recent: RecentEvents | null,
): void {
  const [path = ""] = (request.url ?? "").split("?", 1);
  const file = files.get(path);
  if (request.method !== "GET" && request.method !== "HEAD")
    response.writeHead(405, { allow: "GET, HEAD" }).end();
  else if (file !== undefined) sendFile(response, ...file);
  else if (path === "/health") sendJson(response, 200, { status: "ok" });
  else if (path === "/probe" && recent !== null && isLocal(request)) sendProbe(response, context, recent);
  else response.writeHead(404).end("Not found.\n");
}

function sendFile(response: ServerResponse, file: string, type: string): void {
  const headers = {
    "content-type": `${type}; charset=utf-8`,
    "content-security-policy": "default-src 'self'; worker-src blob:; img-src data:",
    "x-content-type-options": "nosniff",
  };
  createReadStream(file)
    .on("error", () => response.writeHead(404).end("Not found.\n"))
    .on("open", () => response.writeHead(200, headers))
    .pipe(response);
}

function sendProbe(response: ServerResponse, context: ServerContext, recent: RecentEvents): void {
  const sessions = [...context.sessions.values()]
    .filter(({ session }) => session.phase !== "ended")
    .map(({ session, connection: { sessionId, transport } }) => ({
      sessionId: sessionId ?? session.id,
      identified: session.mapping !== null,
      transport,
    }));
  context.store.count().then(
    (mappings) => sendJson(response, 200, { sessions, mappings, events: recent.list() }),
    (error: unknown) => sendJson(response, 503, { problem: String(error) }),
  );
}

function isLocal({ socket }: IncomingMessage): boolean {
  return /^(?:::1$|(?:::ffff:)?127\.)/.test(socket.remoteAddress ?? "");
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
