import { phases, type Phase } from "../harness/history/phase.ts";
import type { Scenario } from "../harness/scenario/scenario.ts";
import type { Axes } from "../harness/judge/judged-case.ts";
import {
  isOverHttp,
  pagelessTransports,
  traitsOf,
  type PagelessTransport,
} from "../harness/profile/transports.ts";

const isOnWebSocket = (name: string): boolean => !isOverHttp(name);

/** Transports for clients without a page, WebSockets first. `native` is STOMP straight on a WebSocket. */
export const transports: readonly PagelessTransport[] = [
  ...pagelessTransports.filter(isOnWebSocket),
  ...pagelessTransports.filter(isOverHttp),
];

/** Reasons against a way of leaving on a transport or in a phase. */
export type Except = Readonly<Partial<Record<PagelessTransport | Phase, string>>>;

/** Returns the axes for a way of leaving on every transport and in every phase, without the exceptions. */
export const grid = (except: Except = {}): Pick<Scenario, "axes" | "impossible"> => ({
  axes: { transport: transports, phase: phases },
  impossible: ({ transport, phase }) =>
    Object.entries(except).find(([where]) => where === transport || where === phase)?.[1],
});

/** Returns the phase of a case; "identified" for a case without this axis. */
export const phaseIn = ({ phase }: Axes): Phase => phases.find((one) => one === phase) ?? "identified";

/** Excludes each transport that passes the test. */
export const noneOn = (isExcluded: (transport: string) => boolean, why: string): Except =>
  Object.fromEntries(transports.filter(isExcluded).map((name) => [name, why]));

/** Returns true for a polling transport: its client sends a new request after each response. */
export const isPolling = (transport: string): boolean => traitsOf(transport)?.polls === true;

/** Exceptions for faults on WebSocket frames. */
export const webSocketOnly = noneOn(isOverHttp, "there are no WebSocket frames in HTTP");

/** Exceptions for faults on a receiving request. */
export const httpOnly = noneOn(isOnWebSocket, "a WebSocket has no request that receives");

/** Exceptions for faults of a usual client. Such a client passes through the phases by itself. */
export const identifiedOnly: Except = Object.fromEntries(
  phases
    .filter((phase) => phase !== "identified")
    .map((phase) => [phase, "a usual client can't be held there; raw clients are, by other ends"]),
);

/** Exceptions for DISCONNECT. */
export const oncePerSession: Except = {
  opened: "before CONNECT there is nothing to disconnect",
  disconnected: "a client says DISCONNECT once",
};

/** Exceptions for faults of a sending client. */
export const quietAfterwards: Except = { disconnected: "after DISCONNECT a client sends nothing more" };

/** Exceptions for silence that shows as missing heartbeats. */
export const promisedOnly: Except = {
  opened: "before CONNECT no heartbeats are promised",
  disconnected: "after DISCONNECT a client is silent by rights",
};
