import type { Scenario } from "../harness/scenario/scenario.ts";
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
import cleanupMappingGoneAtNotice from "./cleanup/mapping-gone-at-notice.ts";
import cleanupNoDrift from "./cleanup/no-drift.ts";
import cleanupReusedId from "./cleanup/reused-id.ts";
import connectAnyIds from "./connect/any-ids.ts";
import connectHandshakeCut from "./connect/handshake-cut.ts";
import connectHighestVersion from "./connect/highest-version.ts";
import connectNeverConnects from "./connect/never-connects.ts";
import connectNoCommonVersion from "./connect/no-common-version.ts";
import connectNothingBeforeConnect from "./connect/nothing-before-connect.ts";
import connectSecondConnect from "./connect/second-connect.ts";
import connectServerIdIgnored from "./connect/server-id-ignored.ts";
import connectSockjsOpensFirst from "./connect/sockjs-opens-first.ts";
import disturbedDelay from "./disturbed/delay.ts";
import disturbedJitter from "./disturbed/jitter.ts";
import disturbedOutage from "./disturbed/outage.ts";
import disturbedPause from "./disturbed/pause.ts";
import disturbedTrickle from "./disturbed/trickle.ts";
import disturbedUnanswered from "./disturbed/unanswered.ts";
import heartbeatsAnyByteIsLife from "./heartbeats/any-byte-is-life.ts";
import heartbeatsNotOffered from "./heartbeats/not-offered.ts";
import heartbeatsServerKeepsItsPromise from "./heartbeats/server-keeps-its-promise.ts";
import heartbeatsSlowerSideWins from "./heartbeats/slower-side-wins.ts";
import identifyAfterReconnect from "./identify/after-reconnect.ts";
import identifyAfterSubscribe from "./identify/after-subscribe.ts";
import identifyAnyText from "./identify/any-text.ts";
import identifyBeforeSubscribe from "./identify/before-subscribe.ts";
import identifyExtremeText from "./identify/extreme-text.ts";
import identifyMalformed from "./identify/malformed.ts";
import identifyMalformedAfter from "./identify/malformed-after.ts";
import identifyNamelessAfter from "./identify/nameless-after.ts";
import identifyNever from "./identify/never.ts";
import identifyTwice from "./identify/twice.ts";
import inputErrorEndsSession from "./input/error-ends-session.ts";
import inputErrorThenClose from "./input/error-then-close.ts";
import leaveBrokenFraming from "./leave/broken-framing.ts";
import leaveClose from "./leave/close.ts";
import leaveCloseCodes from "./leave/close-codes.ts";
import leaveCompressed from "./leave/compressed.ts";
import leaveCutInFrame from "./leave/cut-in-frame.ts";
import leaveDisconnectReceiptThenLinger from "./leave/disconnect-receipt-then-linger.ts";
import leaveDisconnectThenLinger from "./leave/disconnect-then-linger.ts";
import leaveDisconnectWithReceipt from "./leave/disconnect-with-receipt.ts";
import leaveDisconnectWithoutReceipt from "./leave/disconnect-without-receipt.ts";
import leaveFin from "./leave/fin.ts";
import leaveHalfClose from "./leave/half-close.ts";
import leaveIdleCut from "./leave/idle-cut.ts";
import leaveMalformedFrame from "./leave/malformed-frame.ts";
import leaveOversizedFrame from "./leave/oversized-frame.ts";
import leavePollingStops from "./leave/polling-stops.ts";
import leaveProcessKilled from "./leave/process-killed.ts";
import leaveRequestAborted from "./leave/request-aborted.ts";
import leaveResetUpstream from "./leave/reset-upstream.ts";
import leaveRst from "./leave/rst.ts";
import orderConfirmedSubscriberHears from "./order/confirmed-subscriber-hears.ts";
import orderLateJoinerRoster from "./order/late-joiner-roster.ts";
import orderLateSubscriber from "./order/late-subscriber.ts";
import orderLeaverNotTold from "./order/leaver-not-told.ts";
import presenceAllAtOnce from "./presence/all-at-once.ts";
import presenceBackWithinGrace from "./presence/back-within-grace.ts";
import presenceCountsDoNotDrift from "./presence/counts-do-not-drift.ts";
import presenceEverySubscriberHears from "./presence/every-subscriber-hears.ts";
import presenceOneOfMany from "./presence/one-of-many.ts";
import presenceQuiet from "./presence/quiet.ts";
import presenceTwoSessionsOfOnePerson from "./presence/two-sessions-of-one-person.ts";
import presenceUnsubscribe from "./presence/unsubscribe.ts";
import probeConnectHeaders from "./probe/connect-headers.ts";
import probeInterceptorSeesFrames from "./probe/interceptor-sees-frames.ts";
import propertiesAnyHistory from "./properties/any-history.ts";
import restartGracefulStop from "./restart/graceful-stop.ts";
import restartKilledAndStartedAgain from "./restart/killed-and-started-again.ts";
import securityForeignSessionId from "./security/foreign-session-id.ts";
import silenceBlackhole from "./silence/blackhole.ts";
import silenceBlackholeToTarget from "./silence/blackhole-to-target.ts";
import silenceFrozen from "./silence/frozen.ts";
import silencePacketLoss from "./silence/packet-loss.ts";
import silenceProcessStopped from "./silence/process-stopped.ts";
import silenceSilentDrop from "./silence/silent-drop.ts";
import silenceStalledReader from "./silence/stalled-reader.ts";
import silenceWithoutHeartbeats from "./silence/without-heartbeats.ts";

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
  cleanupMappingGoneAtNotice,
  cleanupNoDrift,
  cleanupReusedId,
  connectAnyIds,
  connectHandshakeCut,
  connectHighestVersion,
  connectNeverConnects,
  connectNoCommonVersion,
  connectNothingBeforeConnect,
  connectSecondConnect,
  connectServerIdIgnored,
  connectSockjsOpensFirst,
  disturbedDelay,
  disturbedJitter,
  disturbedOutage,
  disturbedPause,
  disturbedTrickle,
  disturbedUnanswered,
  heartbeatsAnyByteIsLife,
  heartbeatsNotOffered,
  heartbeatsServerKeepsItsPromise,
  heartbeatsSlowerSideWins,
  identifyAfterReconnect,
  identifyAfterSubscribe,
  identifyAnyText,
  identifyBeforeSubscribe,
  identifyExtremeText,
  identifyMalformed,
  identifyMalformedAfter,
  identifyNamelessAfter,
  identifyNever,
  identifyTwice,
  inputErrorEndsSession,
  inputErrorThenClose,
  leaveBrokenFraming,
  leaveClose,
  leaveCloseCodes,
  leaveCompressed,
  leaveCutInFrame,
  leaveDisconnectThenLinger,
  leaveDisconnectReceiptThenLinger,
  leaveDisconnectWithReceipt,
  leaveDisconnectWithoutReceipt,
  leaveFin,
  leaveHalfClose,
  leaveIdleCut,
  leaveMalformedFrame,
  leaveOversizedFrame,
  leavePollingStops,
  leaveProcessKilled,
  leaveRequestAborted,
  leaveResetUpstream,
  leaveRst,
  orderConfirmedSubscriberHears,
  orderLateJoinerRoster,
  orderLateSubscriber,
  orderLeaverNotTold,
  presenceAllAtOnce,
  presenceBackWithinGrace,
  presenceCountsDoNotDrift,
  presenceEverySubscriberHears,
  presenceOneOfMany,
  presenceQuiet,
  presenceTwoSessionsOfOnePerson,
  presenceUnsubscribe,
  probeConnectHeaders,
  probeInterceptorSeesFrames,
  propertiesAnyHistory,
  restartGracefulStop,
  restartKilledAndStartedAgain,
  securityForeignSessionId,
  silenceBlackhole,
  silenceBlackholeToTarget,
  silenceFrozen,
  silencePacketLoss,
  silenceProcessStopped,
  silenceSilentDrop,
  silenceStalledReader,
  silenceWithoutHeartbeats,
];
