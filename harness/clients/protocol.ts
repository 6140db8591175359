type Headers = Readonly<Record<string, string>>;

/** Whom notices will name once this is done, where the target knows by it who that is; null where it does not. */
type Identifies = string | null;

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
      /** The STOMP versions to offer, the best first. */
      readonly versions: readonly string[];
      /** Further headers of CONNECT. */
      readonly stompHeaders: Headers;
      /** Of the handshake and of every request. A page can send none. */
      readonly httpHeaders: Headers;
      /** Whether a native WebSocket offers permessage-deflate, as browsers do. Only a client in Node can leave it out. */
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
  /** A message that says nothing of who sends it. */
  | { readonly do: "send"; readonly destination: string; readonly body: string }
  /**
   * `client` is whom notices will name. `{sessionId}` stands for the session id that the client knows for itself, in each
   * name, body and destination.
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

/** What a client tells of itself. */
export type ClientEvent =
  | { readonly kind: "opened"; readonly transport: string; readonly sessionId: string | null }
  | { readonly kind: "connected"; readonly version: string; readonly heartBeat: string }
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
  /** `reason` says what it could not read; left out, it missed heartbeats. */
  | { readonly kind: "gave-up"; readonly reason?: string | undefined }
  /** It asks for a session of this id, which may never open. */
  | { readonly kind: "requested"; readonly sessionId: string }
  | { readonly kind: "heard"; readonly bytes: number }
  | { readonly kind: "before-open"; readonly frame: string }
  | { readonly kind: "closed"; readonly code: number | null; readonly reason: string };
