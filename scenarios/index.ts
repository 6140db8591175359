import type { Scenario } from "../harness/scenario.ts";
import browserKilled from "./browser/killed.ts";
import browserMainProcessKilled from "./browser/main-process-killed.ts";
import browserNavigatedAway from "./browser/navigated-away.ts";
import browserOffline from "./browser/offline.ts";
import browserPageFrozen from "./browser/page-frozen.ts";
import browserReload from "./browser/reload.ts";
import browserRendererCrashed from "./browser/renderer-crashed.ts";
import browserRendererStopped from "./browser/renderer-stopped.ts";
import browserSessionId from "./browser/session-id.ts";
import browserTabClosed from "./browser/tab-closed.ts";
import browserWindowClosed from "./browser/window-closed.ts";
import connectHandshakeCut from "./connect/handshake-cut.ts";
import disturbedDelay from "./disturbed/delay.ts";
import disturbedJitter from "./disturbed/jitter.ts";
import disturbedOutage from "./disturbed/outage.ts";
import disturbedPause from "./disturbed/pause.ts";
import disturbedTrickle from "./disturbed/trickle.ts";
import disturbedUnanswered from "./disturbed/unanswered.ts";
import identifyAfterSubscribe from "./identify/after-subscribe.ts";
import identifyBeforeSubscribe from "./identify/before-subscribe.ts";
import identifyNever from "./identify/never.ts";
import identifyTwice from "./identify/twice.ts";
import leaveCloseCodes from "./leave/close-codes.ts";
import leaveCutInFrame from "./leave/cut-in-frame.ts";
import leaveDisconnectThenLinger from "./leave/disconnect-then-linger.ts";
import leaveDisconnectWithReceipt from "./leave/disconnect-with-receipt.ts";
import leaveDisconnectWithoutReceipt from "./leave/disconnect-without-receipt.ts";
import leaveFin from "./leave/fin.ts";
import leaveHalfClose from "./leave/half-close.ts";
import leaveIdleCut from "./leave/idle-cut.ts";
import leavePollingStops from "./leave/polling-stops.ts";
import leaveProcessKilled from "./leave/process-killed.ts";
import leaveRequestAborted from "./leave/request-aborted.ts";
import leaveResetUpstream from "./leave/reset-upstream.ts";
import leaveRst from "./leave/rst.ts";
import leaveSockjsClose from "./leave/sockjs-close.ts";
import leaveWebsocketClose from "./leave/websocket-close.ts";
import presenceBackWithinGrace from "./presence/back-within-grace.ts";
import presenceTwoSessionsOfOnePerson from "./presence/two-sessions-of-one-person.ts";
import restartGracefulStop from "./restart/graceful-stop.ts";
import securityForeignSessionId from "./security/foreign-session-id.ts";
import silenceBlackholeToTarget from "./silence/blackhole-to-target.ts";
import silenceBlackhole from "./silence/blackhole.ts";
import silencePacketLoss from "./silence/packet-loss.ts";
import silenceProcessStopped from "./silence/process-stopped.ts";

/** Every scenario, by folder. A new file gets its line here; a test tells if one is forgotten. */
export const scenarios: readonly Scenario[] = [
  browserKilled,
  browserMainProcessKilled,
  browserNavigatedAway,
  browserOffline,
  browserPageFrozen,
  browserReload,
  browserRendererCrashed,
  browserRendererStopped,
  browserSessionId,
  browserTabClosed,
  browserWindowClosed,
  connectHandshakeCut,
  disturbedDelay,
  disturbedJitter,
  disturbedOutage,
  disturbedPause,
  disturbedTrickle,
  disturbedUnanswered,
  identifyAfterSubscribe,
  identifyBeforeSubscribe,
  identifyNever,
  identifyTwice,
  leaveCloseCodes,
  leaveCutInFrame,
  leaveDisconnectThenLinger,
  leaveDisconnectWithReceipt,
  leaveDisconnectWithoutReceipt,
  leaveFin,
  leaveHalfClose,
  leaveIdleCut,
  leavePollingStops,
  leaveProcessKilled,
  leaveRequestAborted,
  leaveResetUpstream,
  leaveRst,
  leaveSockjsClose,
  leaveWebsocketClose,
  presenceBackWithinGrace,
  presenceTwoSessionsOfOnePerson,
  restartGracefulStop,
  securityForeignSessionId,
  silenceBlackhole,
  silenceBlackholeToTarget,
  silencePacketLoss,
  silenceProcessStopped,
];
