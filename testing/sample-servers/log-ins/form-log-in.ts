import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { MakeApplication } from "../server/application.ts";
import type { SampleServer } from "../sample-server.ts";

/** HTTP session, which a cookie names. */
interface HttpSession {
  readonly csrf: string;
  readonly user?: string;
}

/**
 * Knows its clients by a form log-in, as Spring Security has it: the log-in wants the hidden CSRF token of its page and
 * begins a new HTTP session, and CONNECT wants that session's cookie and its CSRF token.
 */
const office =
  (announces: "every client" | "the first client of a log-in"): MakeApplication =>
  ({ tell }) => {
    const logIns = new Map<string, HttpSession>();
    const ended = new Set<string>();
    const idIn = ({ headers }: IncomingMessage) =>
      /(?:^|; )SESSION=([^;]+)/.exec(headers.cookie ?? "")?.[1] ?? "";
    const begin = (response: ServerResponse, user: Partial<HttpSession>): HttpSession => {
      const id = randomUUID();
      const session = { csrf: `${randomUUID()}+&`, ...user };
      logIns.set(id, session);
      response.setHeader("set-cookie", `SESSION=${id}; Path=/; HttpOnly; SameSite=Lax`);
      return session;
    };
    const escaped = ({ csrf }: HttpSession) => csrf.replace("+", "&#43;").replace(/&$/, "&amp;");

    return {
      http(request, body, response) {
        const held = logIns.get(idIn(request));
        const form = new URLSearchParams(body);
        response.setHeader("content-type", "text/html; charset=utf-8");
        switch (`${request.method ?? ""} ${request.url ?? ""}`) {
          case "GET /login":
            return response.end(
              `<form method="post"><input type="hidden" name="_csrf" value="${escaped(held ?? begin(response, {}))}"></form>`,
            );
          case "POST /login":
            if (held === undefined || form.get("_csrf") !== held.csrf) return response.writeHead(403).end();
            logIns.delete(idIn(request));
            begin(response, { user: form.get("username") ?? "" });
            return response.writeHead(302, { location: "/" }).end();
          case "GET /":
            if (held?.user === undefined) return response.writeHead(302, { location: "/login" }).end();
            return response.end(`<meta name="_csrf" content="${escaped(held)}">`);
          default:
            return response.writeHead(404).end();
        }
      },
      connect(session) {
        const held = logIns.get(idIn(session.handshake));
        if (held?.user === undefined || session.headers["X-CSRF-TOKEN"] !== held.csrf) {
          session.drop();
          return;
        }
        session.client = held.user;
        tell("/topic/office", { type: "IN", user: held.user });
      },
      end({ handshake, client }) {
        const id = idIn(handshake);
        const isSilent = announces === "the first client of a log-in" && ended.has(id);
        ended.add(id);
        if (client !== undefined && !isSilent) tell("/topic/office", { type: "OUT", user: client });
      },
    };
  };

export const formLogIn: SampleServer = {
  server: { path: "/ws", transport: "native" },
  profile: {
    before: [
      { method: "GET", path: "/login", take: { form: { pattern: 'name="_csrf" value="([^"]+)"' } } },
      {
        path: "/login",
        form: { username: "{client}", password: "let-me-in", _csrf: "{form}" },
        status: [302],
      },
      { method: "GET", path: "/", take: { csrf: { pattern: 'name="_csrf" content="([^"]+)"' } } },
    ],
    stomp: { headers: { "X-CSRF-TOKEN": "{csrf}" } },
    topic: "/topic/office",
    identify: { by: "connect" },
    notice: {
      join: { match: { "/type": "IN" }, client: "/user" },
      leave: { match: { "/type": "OUT" }, client: "/user" },
    },
    deadlines: { endedMs: 300 },
  },
  application: office("every client"),
  defects: [
    {
      description: "announces only the first end among the clients of one log-in",
      application: office("the first client of a log-in"),
      breaks: "SESSIONS-OF-ONE-PERSON",
    },
  ],
};
