/**
 * Kind of client: in the harness, in a child process, in a browser tab, or raw. A raw client writes every byte itself.
 */
export type ClientKind = "harness" | "process" | "raw" | "tab";

interface TransportTraits {
  /** Protocol between the carrier and STOMP: SockJS, or none. */
  readonly family: "sockjs" | "native";
  readonly carrier: "websocket" | "http";
  /** Last part of a SockJS session's address (sockjs-protocol 0.3.3). */
  readonly wireName?: string;
  /** Receiving method of an HTTP transport. All HTTP transports send by `xhr_send`. */
  readonly method?: "GET" | "POST";
  /** Format of SockJS frames in a response: one per line, or another format. */
  readonly framing?: "lines" | "event-stream" | "html" | "script";
  /** Each response holds one batch of frames, and the client asks again. */
  readonly polls?: boolean;
  /** Transport inside the iframe. */
  readonly iframeOf?: string;
  /** Kinds of client for this transport. */
  readonly clients: readonly ClientKind[];
}

const everyClient = ["harness", "process", "raw", "tab"] as const;
/** Clients of transports with iframes or script elements. */
const pagesOnly = ["tab"] as const;

/** All transports, with their names in sockjs-client 1.6. Profiles, clients, scenarios and the doctor use this list. */
export const transportTable = {
  websocket: { family: "sockjs", carrier: "websocket", wireName: "websocket", clients: everyClient },
  "xhr-streaming": {
    family: "sockjs",
    carrier: "http",
    wireName: "xhr_streaming",
    method: "POST",
    framing: "lines",
    clients: everyClient,
  },
  "xhr-polling": {
    family: "sockjs",
    carrier: "http",
    wireName: "xhr",
    method: "POST",
    framing: "lines",
    polls: true,
    clients: everyClient,
  },
  eventsource: {
    family: "sockjs",
    carrier: "http",
    wireName: "eventsource",
    method: "GET",
    framing: "event-stream",
    clients: everyClient,
  },
  htmlfile: {
    family: "sockjs",
    carrier: "http",
    wireName: "htmlfile",
    method: "GET",
    framing: "html",
    clients: pagesOnly,
  },
  "jsonp-polling": {
    family: "sockjs",
    carrier: "http",
    wireName: "jsonp",
    method: "GET",
    framing: "script",
    polls: true,
    clients: pagesOnly,
  },
  "iframe-eventsource": {
    family: "sockjs",
    carrier: "http",
    wireName: "eventsource",
    iframeOf: "eventsource",
    clients: pagesOnly,
  },
  "iframe-htmlfile": {
    family: "sockjs",
    carrier: "http",
    wireName: "htmlfile",
    iframeOf: "htmlfile",
    clients: pagesOnly,
  },
  "iframe-xhr-polling": {
    family: "sockjs",
    carrier: "http",
    wireName: "xhr",
    polls: true,
    iframeOf: "xhr-polling",
    clients: pagesOnly,
  },
  /** STOMP straight on a WebSocket. */
  native: { family: "native", carrier: "websocket", clients: everyClient },
} as const satisfies Record<string, TransportTraits>;

type Table = typeof transportTable;
export type TransportName = keyof Table;

/** Names of the transports with these traits. */
type NamesWith<Traits> = {
  [Name in TransportName]: Table[Name] extends Traits ? Name : never;
}[TransportName];

export type SockJsTransport = NamesWith<{ readonly family: "sockjs" }>;
/** Transport without a page. */
export type PagelessTransport = NamesWith<{ readonly clients: typeof everyClient }>;
export type HttpTransport = NamesWith<{ readonly clients: typeof everyClient; readonly carrier: "http" }>;

const names = Object.keys(transportTable) as TransportName[];

/** Returns the traits of a transport; undefined for an unknown name. */
export const traitsOf = (transport: string): TransportTraits | undefined =>
  Object.hasOwn(transportTable, transport) ? transportTable[transport as TransportName] : undefined;

export const sockJsTransports: readonly SockJsTransport[] = names.filter(
  (name): name is SockJsTransport => traitsOf(name)?.family === "sockjs",
);

/** Transports without a page. */
export const pagelessTransports: readonly PagelessTransport[] = names.filter(
  (name): name is PagelessTransport => traitsOf(name)?.clients.includes("harness") === true,
);

/** Returns true for an HTTP transport without a page. */
export const isHttpTransport = (name: string): name is HttpTransport =>
  isOverHttp(name) && pagelessTransports.some((one) => one === name);

/** Returns true unless the transport is known to use a WebSocket. */
export const isOverHttp = (transport: string): boolean => traitsOf(transport)?.carrier !== "websocket";

/** Returns the possible transports of a kind of client. */
export const transportsOf = (client: ClientKind): TransportName[] =>
  names.filter((name) => traitsOf(name)?.clients.includes(client));
