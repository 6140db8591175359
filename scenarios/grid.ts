import { phases, type Phase } from "../harness/history/phase.ts";
import type { Scenario } from "../harness/scenario/scenario.ts";
import type { Axes } from "../harness/judge/judged-case.ts";

/** The transports that a client without a page can do. `native` is STOMP straight on a WebSocket. */
export const transports = ["websocket", "native", "xhr-streaming", "xhr-polling", "eventsource"] as const;
type Transport = (typeof transports)[number];

/** Why a way of leaving can't be on these transports, or in these phases. */
export type Except = Readonly<Partial<Record<Transport | Phase, string>>>;

/** A way of leaving on every transport and in every phase, except where there is none. */
export const grid = (except: Except = {}): Pick<Scenario, "axes" | "impossible"> => ({
  axes: { transport: transports, phase: phases },
  impossible: ({ transport, phase }) =>
    Object.entries(except).find(([where]) => where === transport || where === phase)?.[1],
});

/** The phase that a case's axes name; the usual one where they name none. */
export const phaseIn = ({ phase }: Axes): Phase => phases.find((one) => one === phase) ?? "identified";

const ofWebSockets = "there are no WebSocket frames in HTTP";
/** For what only a WebSocket has. */
export const webSocketOnly: Except = {
  "xhr-streaming": ofWebSockets,
  "xhr-polling": ofWebSockets,
  eventsource: ofWebSockets,
};

const ofRequests = "a WebSocket has no request that receives";
/** For what only SockJS's HTTP transports have. */
export const httpOnly: Except = { websocket: ofRequests, native: ofRequests };

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
