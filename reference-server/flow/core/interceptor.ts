import type { Frame, Violation } from "../../stomp/frame.ts";
import { loggableHeaders } from "./events.ts";
import type { SessionEvent } from "./events.ts";
import type { Session } from "./model.ts";

/**
 * Inspects an inbound frame before the session handles it, like Spring's `ChannelInterceptor.preSend`. Returns the frame, a
 * replacement, or a violation, which ends the session with an ERROR.
 */
export type Interceptor = (frame: Frame, session: Session) => Frame | Violation;

/** Runs the interceptors in order, up to the first violation. An exception counts as a violation. */
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
 * Returns an interceptor that accepts CONNECT for the given virtual hosts only. STOMP 1.1 requires the `host` header, but
 * common clients omit it, so the check is off by default.
 */
export function virtualHosts(hosts: readonly string[]): Interceptor {
  return (frame) => {
    const host = frame.headers.get("host");
    const connects = frame.command === "CONNECT" || frame.command === "STOMP";
    if (!connects || (host !== undefined && hosts.includes(host))) return frame;
    return { message: `host must be one of ${hosts.join(", ")}`, closeCode: 1008 };
  };
}

/** Returns an interceptor that publishes each frame's command and headers, without the body. */
export function frameLog(publish: (sessionId: string, event: SessionEvent) => void): Interceptor {
  return (frame, session) => {
    publish(session.id, { name: "frame-seen", command: frame.command, headers: loggableHeaders(frame) });
    return frame;
  };
}
