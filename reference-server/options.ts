import type { Interceptor } from "./flow/core/interceptor.ts";
import type { Policy } from "./flow/core/model.ts";
import type { LogRecord } from "./recent-events.ts";
import { describedOptions } from "./option-table.ts";

/** Everything that can be set. `Ms` is milliseconds. Ranges stand in `option-table.ts`, beside each description. */
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
  /** See every inbound frame first, in this order. */
  readonly interceptors: readonly Interceptor[];
  /** Gets every session event. */
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

/** Fills in the defaults. Throws for a value that is out of range, with the option's name and the range. */
export function resolveOptions(options: Partial<ReferenceServerOptions>): ReferenceServerOptions {
  const resolved = { ...defaultOptions, ...options };
  for (const option of describedOptions) {
    const value = resolved[option.name];
    if (option.kind === "choice" && !option.choices.some((choice) => choice === value)) {
      throw new RangeError(
        `${option.name} must be one of ${option.choices.join(", ")}, not ${String(value)}`,
      );
    }
    if (option.kind !== "number") continue;
    const { name, min, max } = option;
    if (!(Number(value) >= min && Number(value) <= max)) {
      throw new RangeError(`${name} must be a number from ${min} to ${max}, not ${String(value)}`);
    }
  }
  return resolved;
}
