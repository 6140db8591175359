/** What the harness tells a client to do. Plain data, since it also travels to child processes and into pages. */
export type ClientCommand =
  | {
      readonly do: "connect";
      /** The SockJS endpoint, or the WebSocket's address for `transport: "native"`. */
      readonly url: string;
      /** A SockJS transport's name; `native` is STOMP straight on a WebSocket. */
      readonly transport: string;
      /**
       * How long the transport may take to open. SockJS's own guess, a few round trips, is made for falling back to
       * another transport; here there is none to fall back to.
       */
      readonly timeoutMs: number;
      /** The heartbeats to offer, in milliseconds; 0 switches a direction off. */
      readonly heartbeat: { readonly outgoingMs: number; readonly incomingMs: number };
    }
  | { readonly do: "subscribe"; readonly destination: string; readonly receipt: boolean }
  /** `client` is the data in the body; `{sessionId}` there stands for the session id that the client knows for itself. */
  | { readonly do: "identify"; readonly destination: string; readonly client: string; readonly body: string }
  | { readonly do: "disconnect" }
  | { readonly do: "close" };

/** What a client tells of itself. */
export type ClientEvent =
  | { readonly kind: "opened"; readonly transport: string; readonly sessionId: string | null }
  | { readonly kind: "connected"; readonly version: string; readonly heartBeat: string }
  | { readonly kind: "identify-sent"; readonly client: string; readonly body: string }
  | { readonly kind: "disconnect-sent"; readonly receipt: boolean }
  | { readonly kind: "receipt"; readonly of: string }
  | { readonly kind: "message"; readonly destination: string; readonly body: string }
  | { readonly kind: "stomp-error"; readonly message: string }
  | { readonly kind: "closed"; readonly code: number | null; readonly reason: string };
