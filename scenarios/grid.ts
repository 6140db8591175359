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

/** Transports that a client without a page can use, WebSockets first. `native` is STOMP straight on a WebSocket. */
export const transports: readonly PagelessTransport[] = [
  ...pagelessTransports.filter(isOnWebSocket),
  ...pagelessTransports.filter(isOverHttp),
];

/** Why a way of leaving can't be on these transports, or in these phases. */
export type Except = Readonly<Partial<Record<PagelessTransport | Phase, string>>>;

/** A way of leaving on every transport and in every phase, except where there is none. */
export const grid = (except: Except = {}): Pick<Scenario, "axes" | "impossible"> => ({
  axes: { transport: transports, phase: phases },
  impossible: ({ transport, phase }) =>
    Object.entries(except).find(([where]) => where === transport || where === phase)?.[1],
});

/** The phase that a case's axes name; the usual one where they name none. */
export const phaseIn = ({ phase }: Axes): Phase => phases.find((one) => one === phase) ?? "identified";

/** Excludes each transport for which the test holds. */
export const noneOn = (isExcluded: (transport: string) => boolean, why: string): Except =>
  Object.fromEntries(transports.filter(isExcluded).map((name) => [name, why]));

/** Returns true for a transport whose client asks again after each response. */
export const isPolling = (transport: string): boolean => traitsOf(transport)?.polls === true;

/** For faults that need WebSocket frames. */
export const webSocketOnly = noneOn(isOverHttp, "there are no WebSocket frames in HTTP");

/** For faults that need a request that receives. */
export const httpOnly = noneOn(isOnWebSocket, "a WebSocket has no request that receives");

/** For what a usual client does all by itself. */
export const identifiedOnly: Except = Object.fromEntries(
  phases
    .filter((phase) => phase !== "identified")
    .map((phase) => [phase, "a usual client can't be held there; speakers are, by other ends"]),
);

/** For DISCONNECT itself. */
export const oncePerSession: Except = {
  opened: "before CONNECT there is nothing to disconnect",
  disconnected: "a client says DISCONNECT once",
};

/** For what a client sends. */
export const quietAfterwards: Except = { disconnected: "after DISCONNECT a client sends nothing more" };

/** For silence that a promise of heartbeats betrays. */
export const promisedOnly: Except = {
  opened: "before CONNECT no heartbeats are promised",
  disconnected: "after DISCONNECT a client is silent by rights",
};
