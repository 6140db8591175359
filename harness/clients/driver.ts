import type { Page } from "playwright";
import type { Chromium } from "./chromium.ts";
import type { ClientCommand, ClientEvent } from "./protocol.ts";
import type { RawClient } from "./raw/raw-client.ts";

/** A running client of any kind. */
export interface Driver {
  /** Carries out one command. Its results arrive as events. Rejects if the client can't take it. */
  readonly do: (command: ClientCommand) => Promise<void>;
  /** Ends the client and frees its resources. May be called after its end. */
  readonly dispose: () => Promise<void>;
  /** Child process of the client, if it has one. `ended` resolves with the signal that ended it, or null. */
  readonly process?: { readonly pid: number; readonly ended: Promise<string | null> };
  /** Browser tab of the client, if it has one. */
  readonly tab?: Tab;
  /** Further methods of a raw client. */
  readonly raw?: RawClient;
}

export interface Tab {
  readonly page: Page;
  /** Session id in the last SockJS address that the browser requested. */
  readonly requestedSessionId: () => string | null;
  /** The tab's own browser, if it has one. */
  readonly browser?: Chromium;
}

export type Emit = (event: ClientEvent) => void;
