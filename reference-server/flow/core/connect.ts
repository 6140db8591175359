import { frame, versions } from "../../stomp/frame.ts";
import type { Frame, Version } from "../../stomp/frame.ts";
import { fail, refuse } from "./disconnect.ts";
import { shownHeaders } from "./events.ts";
import { negotiate } from "./heartbeats.ts";
import { changed } from "./model.ts";
import type { CoreConfig, Session, Step } from "./model.ts";

/** CONNECT, or its alias STOMP: session-connect when it is seen, session-connected when it is answered. */
export function onConnect(session: Session, received: Frame, nowMs: number, config: CoreConfig): Step {
  if (session.phase !== "opened") return refuse(session, received, "a session can CONNECT only once", nowMs);
  const event = { name: "session-connect", headers: shownHeaders(received) } as const;
  const [next, effects] = answer(session, received, nowMs, config);
  return [next, [{ kind: "tell", event }, ...effects]];
}

function answer(session: Session, { headers }: Frame, nowMs: number, config: CoreConfig): Step {
  const version = newestCommon(headers.get("accept-version"));
  if (version === null) {
    const message = `this server speaks STOMP ${versions.join(", ")}`;
    return fail(session, { message, closeCode: 1002 }, nowMs, { version: versions.join(",") });
  }
  const offered = config.heartbeats;
  const heartbeats = negotiate(version === "1.0" ? undefined : headers.get("heart-beat"), offered);
  if (heartbeats === null) {
    return fail(session, { message: "heart-beat must be two whole numbers", closeCode: 1002 }, nowMs);
  }
  const heartBeat = `${offered.toClientMs},${offered.fromClientMs}`;
  return [
    changed(session, { phase: "connected", version, heartbeats }),
    [
      { kind: "send", frame: frame("CONNECTED", { version, "heart-beat": heartBeat, server: "hangup" }) },
      { kind: "tell", event: { name: "session-connected", version, heartbeats } },
    ],
  ];
}

/** A client of STOMP 1.0 sends no accept-version. */
function newestCommon(accepted = "1.0"): Version | null {
  const offers = accepted.split(",").map((offer) => offer.trim());
  return versions.findLast((version) => offers.includes(version)) ?? null;
}
