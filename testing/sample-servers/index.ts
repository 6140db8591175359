import { anonymousLeaves } from "./anonymous.ts";
import { credentials } from "./log-ins/credentials.ts";
import { noSessionId } from "./chat-demo.ts";
import { withHttpSessions } from "./http-session.ts";
import { formLogIn } from "./log-ins/form-log-in.ts";
import { lastSession } from "./last-session.ts";
import { principalByLogIn } from "./log-ins/log-in.ts";
import { plainText } from "./plain-text.ts";
import { ownTopicLayout } from "./rooms.ts";
import { rosterOnly } from "./roster.ts";
import type { SampleServer } from "./sample-server.ts";
import { statusFlag } from "./status-board.ts";

/** Servers as people build them, by the trait in which they differ. */
export const sampleServers: Readonly<Record<string, SampleServer>> = {
  "own topic layout": ownTopicLayout,
  "notice without a session id": noSessionId,
  "roster only": rosterOnly,
  "status flag": statusFlag,
  "plain text": plainText,
  "last-session policy with a grace": lastSession,
  "anonymous leaves": anonymousLeaves,
  "credentials that are refused, expire and are logged out": credentials,
  "HTTP sessions": withHttpSessions,
  "principal by CONNECT header behind a log-in": principalByLogIn,
  "form log-in with cookies and CSRF tokens": formLogIn,
};
