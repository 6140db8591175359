import type { Page } from "playwright";
import type { ClientCommand, ClientEvent } from "./protocol.ts";

/** One running client, wherever it runs. */
export interface Driver {
  /** Carries out one command; what comes of it arrives as events. Rejects if the client can't take it. */
  readonly do: (command: ClientCommand) => Promise<void>;
  /** Ends the client and frees whatever it holds; may be called after the client has ended. */
  readonly dispose: () => Promise<void>;
  /** The child process that the client runs in. `ended` resolves with the signal that ended it, or null. */
  readonly process?: { readonly pid: number; readonly ended: Promise<string | null> };
  /** The page that the client runs in, and the session id in the last SockJS address that its browser requested. */
  readonly tab?: { readonly page: Page; readonly requestedSessionId: () => string | null };
}

export type Emit = (event: ClientEvent) => void;
