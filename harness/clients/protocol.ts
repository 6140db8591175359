type Headers = Readonly<Record<string, string>>;

/** Name in later notices, if the target identifies the client by this command; null otherwise. */
type Identifies = string | null;

/** Command of the harness to a client. Plain data, because child processes and pages receive it, too. */
export type ClientCommand =
  | {
      readonly do: "connect";
      /** The SockJS endpoint, or the WebSocket's address for `transport: "native"`. */
      readonly url: string;
      /** A SockJS transport's name; `native` is STOMP straight on a WebSocket. */
      readonly transport: string;
      /**
       * Time limit for opening the transport. SockJS's own limit, a few round trips, serves the fallback to another
       * transport. Here there is no fallback.
       */
      readonly timeoutMs: number;
      /** The heartbeats to offer, in milliseconds; 0 switches a direction off. */
      readonly heartbeat: { readonly outgoingMs: number; readonly incomingMs: number };
      /** The STOMP versions to offer, the best first. */
      readonly versions: readonly string[];
      /** Further headers of CONNECT. */
      readonly stompHeaders: Headers;
      /** Headers of the handshake and of every request. A page can send none. */
      readonly httpHeaders: Headers;
      /** True if a native WebSocket offers permessage-deflate, as browsers do. Only a client in Node can leave it out. */
      readonly compression: boolean;
      readonly identifies: Identifies;
    }
  | {
      readonly do: "subscribe";
      readonly destination: string;
      readonly receipt: boolean;
      readonly headers: Headers;
      readonly identifies: Identifies;
    }
  /** A message that does not identify its sender. */
  | { readonly do: "send"; readonly destination: string; readonly body: string }
  /**
   * `client` is the name in notices. `{sessionId}` in names, bodies and destinations stands for the client's own session
   * id.
   */
  | {
      readonly do: "identify";
      readonly destination: string;
      readonly client: string;
      readonly body: string;
      readonly headers: Headers;
      readonly receipt: boolean;
    }
  | { readonly do: "disconnect" }
  | { readonly do: "close" };

/** Event of a client. */
export type ClientEvent =
  | { readonly kind: "opened"; readonly transport: string; readonly sessionId: string | null }
  | {
      readonly kind: "connected";
      readonly version: string;
      readonly heartBeat: string;
      /** The `server` header of CONNECTED, if it has one. */
      readonly server?: string | undefined;
    }
  | { readonly kind: "identify-sent"; readonly client: string; readonly body: string }
  | { readonly kind: "disconnect-sent"; readonly receipt: boolean }
  | { readonly kind: "frame-sent"; readonly command: string; readonly headers: Headers }
  | { readonly kind: "receipt"; readonly of: string }
  | { readonly kind: "message"; readonly destination: string; readonly body: string }
  | {
      readonly kind: "wrong-content-length";
      readonly declared: number;
      readonly bytes: number;
      readonly frame: string;
    }
  | { readonly kind: "stomp-error"; readonly message: string }
  | { readonly kind: "unsubscribed" }
  /** `reason` tells the unreadable bytes; without it the client missed heartbeats. */
  | { readonly kind: "gave-up"; readonly reason?: string | undefined }
  /** The client requests a session with this id. It may never open. */
  | { readonly kind: "requested"; readonly sessionId: string }
  | { readonly kind: "heard"; readonly bytes: number }
  | { readonly kind: "traffic-arrived"; readonly what: "frame" | "keep-alive" }
  | { readonly kind: "before-open"; readonly frame: string }
  | { readonly kind: "closed"; readonly code: number | null; readonly reason: string };
