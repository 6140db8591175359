import { failSession, closeSession } from "./disconnect.ts";
import { withChanges } from "./model.ts";
import type { CoreConfig, Session, Step } from "./model.ts";

/**
 * Fraction of the interval after which the server sends a heartbeat. It is below 1 because timers fire late, and the server
 * MUST send something before the interval ends.
 */
const heartbeatDueFraction = 0.75;

/** Returns the time of the session's next `deadline` input, or Infinity if the session waits for nothing. */
export function deadlineMs(session: Session, config: CoreConfig): number {
  switch (session.phase) {
    case "opened":
      return session.phaseStartedMs + config.connectTimeoutMs;
    case "connected":
      return Math.min(
        heartbeatTimeoutAtMs(session, config),
        frameTimeoutAtMs(session, config),
        heartbeatDueAtMs(session),
      );
    case "ended":
      return session.connection === "open" ? session.phaseStartedMs + config.lingerMs : Infinity;
  }
}

/** Handles the deadline that has passed. Changes nothing if the call comes too early. */
export function onDeadline(session: Session, nowMs: number, config: CoreConfig): Step {
  if (nowMs < deadlineMs(session, config)) return [session, []];
  switch (session.phase) {
    case "opened": {
      const message = `no CONNECT within ${config.connectTimeoutMs} ms`;
      return failSession(session, { message, closeCode: 1008 }, nowMs);
    }
    case "connected":
      return onConnectedDeadline(session, nowMs, config);
    case "ended":
      return [
        withChanges(session, { connection: "closing" }),
        [{ kind: "close", code: 1000, reason: "goodbye" }],
      ];
  }
}

function onConnectedDeadline(session: Session, nowMs: number, config: CoreConfig): Step {
  if (nowMs >= heartbeatTimeoutAtMs(session, config))
    return closeSession(session, "silence", 1002, "no heartbeat", nowMs);
  if (nowMs >= frameTimeoutAtMs(session, config)) {
    const message = `a frame took longer than ${config.frameTimeoutMs} ms`;
    return failSession(session, { message, closeCode: 1008 }, nowMs);
  }
  return [session, [{ kind: "heartbeat" }]];
}

/** STOMP 1.2, "Heart-beating": the receiver should allow an error margin. Here the margin is a factor. */
function heartbeatTimeoutAtMs({ heartbeats, lastReceivedMs }: Session, config: CoreConfig): number {
  return heartbeats.fromClientMs === 0
    ? Infinity
    : lastReceivedMs + heartbeats.fromClientMs * config.silenceFactor;
}

function frameTimeoutAtMs({ frameStartedMs }: Session, config: CoreConfig): number {
  return frameStartedMs === null ? Infinity : frameStartedMs + config.frameTimeoutMs;
}

function heartbeatDueAtMs({ heartbeats, lastSentMs }: Session): number {
  return heartbeats.toClientMs === 0 ? Infinity : lastSentMs + heartbeats.toClientMs * heartbeatDueFraction;
}
