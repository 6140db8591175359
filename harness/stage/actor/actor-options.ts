import type { Credentials } from "../connection-settings.ts";
import type { Offer } from "../../clients/negotiate.ts";
import type { CookieJar } from "../../clients/cookie-jar.ts";
import type { RawClientOptions } from "../../clients/raw/raw-client.ts";
import type { ClientKind } from "../../profile/transports.ts";

/** Options of an actor's client. */
export interface ActorOptions {
  /** Kind of client; `harness` by default. */
  readonly by?: ClientKind;
  /** Deviations of a raw client from a correct one. */
  readonly raw?: RawClientOptions;
  /** Gives a tab its own browser, so that a fault may kill or stop it. Starting one takes time. */
  readonly ownBrowser?: boolean;
  /** A SockJS transport's name, or `native`; the profile's first choice by default. */
  readonly transport?: string | undefined;
  /**
   * Heartbeats to offer: true for the profile's period in both directions, `outgoing` for the client's direction only,
   * `as-users` for the period of the users' own clients, or other periods.
   */
  readonly heartbeats?: boolean | "outgoing" | "as-users" | Offer;
  /** Offers permessage-deflate on a native WebSocket, as browsers do. */
  readonly compression?: boolean;
  /** Credentials of the profile in place of the usual ones. */
  readonly credentials?: Credentials;
  /**
   * Cookie jar to share with other clients. A raw client and a tab also put the target's cookies into it. The jar's cookies
   * replace those of the profile.
   */
  readonly cookieJar?: CookieJar;
  /** Headers of CONNECT, in addition to the profile's. */
  readonly connectHeaders?: Readonly<Record<string, string>>;
}

/** Options of `stage.connect`. */
export interface ConnectOptions extends ActorOptions {
  /** Name to identify with; the actor's own by default. Two actors `as` one name are one person. */
  readonly as?: string;
  /** Stops a raw client before the step that identifies it: before CONNECT if the target identifies clients by that. */
  readonly stopsBeforeIdentify?: boolean;
}

/** Options of `stage.join`. */
export interface JoinOptions extends ConnectOptions {
  /**
   * False to join without a subscription. If the target announces only subscribers, the actor subscribes all the same.
   */
  readonly subscribes?: boolean;
}
