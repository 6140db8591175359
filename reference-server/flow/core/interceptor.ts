import type { Frame, Violation } from "../../stomp/frame.ts";
import { loggableHeaders } from "./events.ts";
import type { SessionEvent } from "./events.ts";
import type { Session } from "./model.ts";

/**
 * Sees an inbound frame with its headers before the session does, as Spring's `ChannelInterceptor.preSend`. Returns the
 * frame, another in its place, or a refusal, which ends the session with an ERROR.
 */
export type Interceptor = (frame: Frame, session: Session) => Frame | Violation;

/** Runs the interceptors one after the other. The first refusal ends it, and an interceptor that throws refuses. */
export function intercept(
  interceptors: readonly Interceptor[],
  frame: Frame,
  session: Session,
): Frame | Violation {
  let seen = frame;
  for (const interceptor of interceptors) {
    const result = attempt(interceptor, seen, session);
    if (isViolation(result)) return result;
    seen = result;
  }
  return seen;
}

export function isViolation(result: Frame | Violation): result is Violation {
  return "closeCode" in result;
}

function attempt(interceptor: Interceptor, frame: Frame, session: Session): Frame | Violation {
  try {
    return interceptor(frame, session);
  } catch {
    return { message: `${frame.command} could not be checked`, closeCode: 1011 };
  }
}

/**
 * Serves the named virtual hosts only. STOMP 1.1 made `host` a duty, yet common clients leave it out: that's why this
 * isn't on by default.
 */
export function virtualHosts(hosts: readonly string[]): Interceptor {
  return (frame) => {
    const host = frame.headers.get("host");
    const asks = frame.command === "CONNECT" || frame.command === "STOMP";
    if (!asks || (host !== undefined && hosts.includes(host))) return frame;
    return { message: `host must be one of ${hosts.join(", ")}`, closeCode: 1008 };
  };
}

/** Tells of every frame that it comes by, with its headers and without its body, as an interceptor that logs would. */
export function frameLog(publish: (sessionId: string, event: SessionEvent) => void): Interceptor {
  return (frame, session) => {
    publish(session.id, { name: "frame-seen", command: frame.command, headers: loggableHeaders(frame) });
    return frame;
  };
}
