import type { ClientCommand } from "../protocol.ts";
import { isHttpTransport } from "../../profile/transports.ts";
import { HttpLink } from "./http-link.ts";
import type { Destination } from "./line.ts";
import type { LinkAddress, LinkListener, TransportLink } from "./link.ts";
import type { RawClientOptions } from "./raw-client.ts";
import { WebSocketLink } from "./websocket-link.ts";

export type ConnectCommand = Extract<ClientCommand, { do: "connect" }>;

/** Creates the links of one raw client. They share a session id and a limit on received bytes. */
export class LinkFactory {
  readonly #proxyPort: number;
  readonly #options: RawClientOptions;
  readonly #sessionId: string;
  readonly #received = { bytes: 0 };
  readonly #links: TransportLink[] = [];
  #requests = -1;

  constructor(proxyPort: number, options: RawClientOptions, sessionId: string) {
    this.#proxyPort = proxyPort;
    this.#options = options;
    this.#sessionId = sessionId;
  }

  /** Creates a link for the command's transport. It is not open yet. */
  create({ url, transport, timeoutMs, httpHeaders }: ConnectCommand, listener: LinkListener): TransportLink {
    const target = new URL(url);
    const to: Destination = {
      proxyPort: this.#proxyPort,
      target,
      timeoutMs,
      received: this.#received,
      cookieJar: this.#options.cookieJar,
    };
    const headers = { Host: target.host, "User-Agent": "hangup", ...httpHeaders, ...this.#options.headers };
    const native: LinkAddress = { path: () => target.pathname + target.search, headers };
    const base = target.pathname.replace(/\/$/, "");
    const path = (name: string) =>
      `${base}/${this.#nextServerId()}/${this.#sessionId}/${name}${target.search}`;
    const sockJs: LinkAddress = { path, headers };
    let link: TransportLink;
    if (isHttpTransport(transport)) link = new HttpLink(to, sockJs, transport, listener);
    else if (transport === "native") link = new WebSocketLink(to, native, false, listener);
    else if (transport === "websocket") link = new WebSocketLink(to, sockJs, true, listener);
    else throw new Error(`a raw client can't use ${transport}`);
    this.#links.push(link);
    return link;
  }

  /** Frees all links. */
  destroyAll(): void {
    for (const link of this.#links) link.destroy();
  }

  #nextServerId(): string {
    const { serverIds = [] } = this.#options;
    return serverIds[(this.#requests += 1) % serverIds.length] ?? "000";
  }
}
