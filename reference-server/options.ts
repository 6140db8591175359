import type { Interceptor } from "./flow/core/interceptor.ts";
import type { Policy } from "./flow/core/model.ts";
import type { LogRecord } from "./flow/core/events.ts";

/** Options of the server. `Ms` means milliseconds. `option-table.ts` has the description and range of each. */
export interface ReferenceServerOptions {
  readonly port: number;
  readonly host: string;
  readonly store: string;
  readonly policy: Policy;
  readonly origins: readonly string[];
  readonly virtualHosts: readonly string[];
  readonly heartbeatSendMs: number;
  readonly heartbeatReceiveMs: number;
  readonly silenceFactor: number;
  readonly transportHeartbeatMs: number;
  readonly disconnectDelayMs: number;
  readonly connectTimeoutMs: number;
  readonly frameTimeoutMs: number;
  readonly lingerMs: number;
  readonly reconcileAfterMs: number;
  readonly reconcile: "announce" | "silent";
  readonly maxHeaders: number;
  readonly maxHeaderBytes: number;
  readonly maxBodyBytes: number;
  readonly maxMessageBytes: number;
  readonly maxBacklogBytes: number;
  readonly maxSubscriptions: number;
  readonly probe: boolean;
  /** Interceptors of inbound frames, in the order in which they run. */
  readonly interceptors: readonly Interceptor[];
  /** Receives every session event. */
  readonly log: (record: LogRecord) => void;
}

export const defaultOptions: ReferenceServerOptions = {
  port: 0,
  host: "127.0.0.1",
  store: ":memory:",
  policy: "session",
  origins: [],
  virtualHosts: [],
  heartbeatSendMs: 1000,
  heartbeatReceiveMs: 1000,
  silenceFactor: 2,
  transportHeartbeatMs: 5000,
  disconnectDelayMs: 5000,
  connectTimeoutMs: 10_000,
  frameTimeoutMs: 10_000,
  lingerMs: 1000,
  reconcileAfterMs: 2000,
  reconcile: "announce",
  maxHeaders: 64,
  maxHeaderBytes: 4096,
  maxBodyBytes: 65_536,
  maxMessageBytes: 131_072,
  maxBacklogBytes: 524_288,
  maxSubscriptions: 64,
  probe: false,
  interceptors: [],
  log: () => undefined,
};
