import { request } from "node:http";
import type { IncomingMessage } from "node:http";

export interface Reply {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** SockJS session over HTTP. The test sends each request itself. */
export class XhrClient {
  readonly base: string;
  cookie: string | null = null;

  /** `url` is the SockJS endpoint. */
  constructor(url: string, sessionId: string) {
    this.base = `${url}/000/${sessionId}`;
  }

  /** Opens the session with a first poll. Keeps the session's cookie if `keepCookie` is true. */
  async open(headers: Readonly<Record<string, string>> = {}, keepCookie = false): Promise<Reply> {
    const reply = await this.post("xhr", "", headers);
    if (keepCookie) this.cookie = reply.headers["set-cookie"]?.[0]?.split(";", 1)[0] ?? null;
    return reply;
  }

  sendFrame(text: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    return this.post("xhr_send", JSON.stringify([text]), headers);
  }

  /** Connects and identifies. The session must be open. */
  async identify(name: string): Promise<void> {
    await this.sendFrame("CONNECT\naccept-version:1.2\n\n\0");
    await this.poll();
    await this.sendFrame(`SEND\ndestination:/ws\n\n${JSON.stringify({ clientData: name })}\0`);
  }

  poll(headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    return this.post("xhr", "", headers);
  }

  post(transport: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    return reply(`${this.base}/${transport}`, { method: "POST", headers: this.#withCookie(headers) }, body);
  }

  /** Sends a request whose response stays open. Resolves at the first bytes. */
  stream(transport: string, method: "GET" | "POST"): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      request(`${this.base}/${transport}`, { method, headers: this.#withCookie({}) }, (response) => {
        response.once("readable", () => resolve(response));
      })
        .on("error", reject)
        .end();
    });
  }

  #withCookie(headers: Readonly<Record<string, string>>): Record<string, string> {
    return { ...(this.cookie === null ? {} : { cookie: this.cookie }), ...headers };
  }
}

/** Sends a request and resolves to the complete reply. */
export function reply(
  url: string,
  options: { method?: string; headers?: Record<string, string>; localAddress?: string } = {},
  body = "",
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const { statusCode = 0, headers } = response;
        resolve({ status: statusCode, headers, body: Buffer.concat(chunks).toString() });
      });
    });
    sent.on("error", reject).end(body);
  });
}
