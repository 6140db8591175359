import type { Scenario } from "../harness/scenario.ts";
import browserReload from "./browser/reload.ts";
import browserSessionId from "./browser/session-id.ts";
import browserTabClosed from "./browser/tab-closed.ts";
import identifyAfterSubscribe from "./identify/after-subscribe.ts";
import identifyBeforeSubscribe from "./identify/before-subscribe.ts";
import identifyNever from "./identify/never.ts";
import identifyTwice from "./identify/twice.ts";
import leaveDisconnectWithReceipt from "./leave/disconnect-with-receipt.ts";
import leaveFin from "./leave/fin.ts";
import leaveProcessKilled from "./leave/process-killed.ts";
import leaveRst from "./leave/rst.ts";
import leaveSockjsClose from "./leave/sockjs-close.ts";
import leaveWebsocketClose from "./leave/websocket-close.ts";
import presenceTwoSessionsOfOnePerson from "./presence/two-sessions-of-one-person.ts";
import securityForeignSessionId from "./security/foreign-session-id.ts";
import silenceBlackhole from "./silence/blackhole.ts";
import silenceProcessStopped from "./silence/process-stopped.ts";

/** Every scenario, by folder. A new file gets its line here; a test tells if one is forgotten. */
export const scenarios: readonly Scenario[] = [
  browserReload,
  browserSessionId,
  browserTabClosed,
  identifyAfterSubscribe,
  identifyBeforeSubscribe,
  identifyNever,
  identifyTwice,
  leaveDisconnectWithReceipt,
  leaveFin,
  leaveProcessKilled,
  leaveRst,
  leaveSockjsClose,
  leaveWebsocketClose,
  presenceTwoSessionsOfOnePerson,
  securityForeignSessionId,
  silenceBlackhole,
  silenceProcessStopped,
];
