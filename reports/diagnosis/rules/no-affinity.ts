import { ofKind } from "../../../harness/history/events/events.ts";
import { sessionsOf } from "../../../harness/history/sessions/sessions.ts";
import { isOverHttp } from "../../../harness/profile/transports.ts";
import type { Rule } from "../cause.ts";

/** Smallest number of SockJS sessions over HTTP, and share of all of them, that are unknown to the server soon after their opening. */
const lostMin = 3;
const lostShare = 0.2;

/** Time after the opening in which no server has given up a session that a client still uses, in milliseconds. */
const freshMs = 2_000;

/** SockJS sessions over HTTP are unknown to the server in mid-session (404), although connections that stay on one node work. */
export const noAffinity: Rule = {
  class: "several-nodes",
  look({ record }) {
    const sessions = record.cases.flatMap(({ timeline = [] }) => sessionsOf(timeline));
    const http = sessions.filter(({ opened }) => isOverHttp(opened.transport));
    const lost = http.filter(
      ({ opened, closed, end }) =>
        end === undefined &&
        closed !== undefined &&
        closed.atMs - opened.atMs < freshMs &&
        closed.code === 404,
    );
    const connected = http.filter((session) => session.connected !== undefined);
    if (lost.length < lostMin || lost.length < lostShare * http.length || connected.length === 0)
      return undefined;
    const losing = new Set(
      record.cases.flatMap(({ id, timeline = [] }) =>
        ofKind(timeline, "closed").some(({ code }) => code === 404) ? [id] : [],
      ),
    );
    return {
      sentence:
        "It looks like requests of one SockJS session that reach different nodes (no session affinity): the server answers 404 to requests of sessions that it has just opened. Let the load balancer keep each session on one node (sticky sessions, by the session id in the path or by a cookie), or offer WebSocket only.",
      isShown: true,
      predict: ({ run }) =>
        losing.has(run.id) || isOverHttp(run.axes["transport"] ?? "") ? "either" : "unknown",
    };
  },
};
