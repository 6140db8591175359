import { fail, hangUp } from "./disconnect.ts";
import { changed } from "./model.ts";
import type { CoreConfig, Session, Step } from "./model.ts";

/** The server speaks early: it MUST have sent something by the end of the interval, and timers are late, never early. */
const speakAfter = 0.75;

/** When the session has to be given a `time` input next; Infinity if it waits for nothing. */
export function deadlineMs(session: Session, config: CoreConfig): number {
  switch (session.phase) {
    case "opened":
      return session.sinceMs + config.connectTimeoutMs;
    case "connected":
      return Math.min(silentAtMs(session, config), brokenOffAtMs(session, config), speakAtMs(session));
    case "ended":
      return session.transport === "open" ? session.sinceMs + config.lingerMs : Infinity;
  }
}

/** Does what is due. Too early changes nothing. */
export function onTime(session: Session, nowMs: number, config: CoreConfig): Step {
  if (nowMs < deadlineMs(session, config)) return [session, []];
  switch (session.phase) {
    case "opened": {
      const message = `no CONNECT within ${config.connectTimeoutMs} ms`;
      return fail(session, { message, closeCode: 1008 }, nowMs);
    }
    case "connected":
      return onTimeConnected(session, nowMs, config);
    case "ended":
      return [changed(session, { transport: "closing" }), [{ kind: "close", code: 1000, reason: "goodbye" }]];
  }
}

function onTimeConnected(session: Session, nowMs: number, config: CoreConfig): Step {
  if (nowMs >= silentAtMs(session, config)) return hangUp(session, "silence", 1002, "no heartbeat", nowMs);
  if (nowMs >= brokenOffAtMs(session, config)) {
    const message = `a frame took longer than ${config.frameTimeoutMs} ms`;
    return fail(session, { message, closeCode: 1008 }, nowMs);
  }
  return [session, [{ kind: "heartbeat" }]];
}

/** STOMP leaves the receiver an error margin; here it is a factor. */
function silentAtMs({ heartbeats, heardAtMs }: Session, config: CoreConfig): number {
  return heartbeats.fromClientMs === 0
    ? Infinity
    : heardAtMs + heartbeats.fromClientMs * config.silenceFactor;
}

function brokenOffAtMs({ partialSinceMs }: Session, config: CoreConfig): number {
  return partialSinceMs === null ? Infinity : partialSinceMs + config.frameTimeoutMs;
}

function speakAtMs({ heartbeats, spokeAtMs }: Session): number {
  return heartbeats.toClientMs === 0 ? Infinity : spokeAtMs + heartbeats.toClientMs * speakAfter;
}
