import { frame, versions } from "../../stomp/frame.ts";
import type { Frame, Version } from "../../stomp/frame.ts";
import { failSession, rejectFrame } from "./disconnect.ts";
import { loggableHeaders } from "./events.ts";
import { negotiate } from "./heartbeats.ts";
import { withChanges } from "./model.ts";
import type { CoreConfig, Session, Step } from "./model.ts";

/** Handles CONNECT, or its alias STOMP. Publishes session-connect on arrival and session-connected on success. */
export function onConnect(session: Session, received: Frame, nowMs: number, config: CoreConfig): Step {
  if (session.phase !== "opened")
    return rejectFrame(session, received, "a session can CONNECT only once", nowMs);
  const event = { name: "session-connect", headers: loggableHeaders(received) } as const;
  const [next, effects] = answer(session, received, nowMs, config);
  return [next, [{ kind: "publish", event }, ...effects]];
}

function answer(session: Session, { headers }: Frame, nowMs: number, config: CoreConfig): Step {
  const version = newestCommonVersion(headers.get("accept-version"));
  if (version === null) {
    const message = `this server speaks STOMP ${versions.join(", ")}`;
    return failSession(session, { message, closeCode: 1002 }, nowMs, { version: versions.join(",") });
  }
  const offered = config.heartbeats;
  const heartbeats = negotiate(version === "1.0" ? undefined : headers.get("heart-beat"), offered);
  if (heartbeats === null) {
    return failSession(session, { message: "heart-beat must be two whole numbers", closeCode: 1002 }, nowMs);
  }
  const heartBeat = `${offered.toClientMs},${offered.fromClientMs}`;
  return [
    withChanges(session, { phase: "connected", version, heartbeats }),
    [
      { kind: "send", frame: frame("CONNECTED", { version, "heart-beat": heartBeat, server: "hangup" }) },
      { kind: "publish", event: { name: "session-connected", version, heartbeats } },
    ],
  ];
}

/** Returns the newest version that both sides speak. A STOMP 1.0 client sends no accept-version header. */
function newestCommonVersion(accepted = "1.0"): Version | null {
  const offers = accepted.split(",").map((offer) => offer.trim());
  return versions.findLast((version) => offers.includes(version)) ?? null;
}
