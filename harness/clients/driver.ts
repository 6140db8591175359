import type { Page } from "playwright";
import type { Chromium } from "./chromium.ts";
import type { ClientCommand, ClientEvent } from "./protocol.ts";
import type { Speaker } from "./raw/raw-client.ts";

/** One running client, wherever it runs. */
export interface Driver {
  /** Carries out one command; what comes of it arrives as events. Rejects if the client can't take it. */
  readonly do: (command: ClientCommand) => Promise<void>;
  /** Ends the client and frees whatever it holds; may be called after the client has ended. */
  readonly dispose: () => Promise<void>;
  /** The child process that the client runs in. `ended` resolves with the signal that ended it, or null. */
  readonly process?: { readonly pid: number; readonly ended: Promise<string | null> };
  /** The browser tab that the client runs in. */
  readonly tab?: Tab;
  /** What the client can say beyond the commands, where its every byte is its own. */
  readonly speaker?: Speaker;
}

export interface Tab {
  readonly page: Page;
  /** The session id in the last SockJS address that its browser requested. */
  readonly requestedSessionId: () => string | null;
  /** The browser that this tab has to itself, if it has one. */
  readonly browser?: Chromium;
}

export type Emit = (event: ClientEvent) => void;
