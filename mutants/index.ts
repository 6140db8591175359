import { acceptsFramesBeforeConnect } from "./accepts-frames-before-connect.ts";
import { agreesOnLowestVersion } from "./agrees-on-lowest-version.ts";
import { announcesDisconnectAndClose } from "./announces-disconnect-and-close.ts";
import { announcesErrorsTwice } from "./announces-errors-twice.ts";
import { announcesJoinLate } from "./announces-join-late.ts";
import { announcesLeaveLate } from "./announces-leave-late.ts";
import { announcesLeaveTwice } from "./announces-leave-twice.ts";
import { anyTabEndsPerson } from "./any-tab-ends-person.ts";
import { believesBodySessionId } from "./believes-body-session-id.ts";
import { checksHeartbeatsThreeTimesTooLate } from "./checks-heartbeats-three-times-too-late.ts";
import { closesNeighbourOfLeaver } from "./closes-neighbour-of-leaver.ts";
import { confirmsSubscriptionTooSoon } from "./confirms-subscription-too-soon.ts";
import { connectEventWithoutHeaders } from "./connect-event-without-headers.ts";
import { connectsWithoutCommonVersion } from "./connects-without-common-version.ts";
import { countsCharacters } from "./counts-characters.ts";
import { countsEachConnect } from "./counts-each-connect.ts";
import { secondConnectForgetsIdentity } from "./second-connect-forgets-identity.ts";
import { countsOnlyLineFeeds } from "./counts-only-line-feeds.ts";
import { countsWholeFramesOnly } from "./counts-whole-frames-only.ts";
import { endsLookalikeSessions } from "./ends-lookalike-sessions.ts";
import { expectsShorterHeartbeat } from "./expects-shorter-heartbeat.ts";
import { expectsUnofferedHeartbeats } from "./expects-unoffered-heartbeats.ts";
import { firstIdentifyWins } from "./first-identify-wins.ts";
import { forgetsHeartbeatMargin } from "./forgets-heartbeat-margin.ts";
import { forgetsNoticeWhenAnotherEnds } from "./forgets-notice-when-another-ends.ts";
import { ghostAfterQuickEnd } from "./ghost-after-quick-end.ts";
import { ghostComesBack } from "./ghost-comes-back.ts";
import { givesUpQuietClients } from "./gives-up-quiet-clients.ts";
import { givesUpUnansweredPings } from "./gives-up-unanswered-pings.ts";
import { hearsOnlyDisconnectFrame } from "./hears-only-disconnect-frame.ts";
import { hearsOnlyGoodbyes } from "./hears-only-goodbyes.ts";
import { hearsOnlyNormalClosure } from "./hears-only-normal-closure.ts";
import { identifiesOnlyBeforeSubscribe } from "./identifies-only-before-subscribe.ts";
import { ignoresEndOfStream } from "./ignores-end-of-stream.ts";
import { ignoresIdentifyAfterMalformed } from "./ignores-identify-after-malformed.ts";
import { ignoresReset } from "./ignores-reset.ts";
import { interceptorSkipsSubscribe } from "./interceptor-skips-subscribe.ts";
import { keepsAbortedRequests } from "./keeps-aborted-requests.ts";
import { keepsClientsThatStopPolling } from "./keeps-clients-that-stop-polling.ts";
import { keepsHttpOpenAfterError } from "./keeps-http-open-after-error.ts";
import { keepsHttpSessions } from "./keeps-http-sessions.ts";
import { keepsMappingsOfEarlierRuns } from "./keeps-mappings-of-earlier-runs.ts";
import { keepsStalledStreams } from "./keeps-stalled-streams.ts";
import { knowsNoStompFrame } from "./knows-no-stomp-frame.ts";
import { leaksOneMappingInSeven } from "./leaks-one-mapping-in-seven.ts";
import { leavesOnMalformedIdentify } from "./leaves-on-malformed-identify.ts";
import { malformedIdentifyEndsAnother } from "./malformed-identify-ends-another.ts";
import { malformedIdentifyForgetsName } from "./malformed-identify-forgets-name.ts";
import { leavesOnUnsubscribe } from "./leaves-on-unsubscribe.ts";
import { leavesUnderEveryName } from "./leaves-under-every-name.ts";
import { leavesWhenPollBringsNothing } from "./leaves-when-poll-brings-nothing.ts";
import { leavesWhenStreamEnds } from "./leaves-when-stream-ends.ts";
import { losesLeavesUnderLoad } from "./loses-leaves-under-load.ts";
import { manglesNames } from "./mangles-names.ts";
import { mapsMalformedIdentify } from "./maps-malformed-identify.ts";
import { missesCloseWithoutCode } from "./misses-close-without-code.ts";
import { missesDisconnectFrame } from "./misses-disconnect-frame.ts";
import { missesRefusedMessages } from "./misses-refused-messages.ts";
import type { Mutant } from "./support/mutant.ts";
import { namesNewestForUnidentified } from "./names-newest-for-unidentified.ts";
import { namesUnidentified } from "./names-unidentified.ts";
import { needsHeartbeatsToNoticeLoss } from "./needs-heartbeats-to-notice-loss.ts";
import { needsStompHeartbeats } from "./needs-stomp-heartbeats.ts";
import { neverChecksHeartbeats } from "./never-checks-heartbeats.ts";
import { neverClosesWithoutConnect } from "./never-closes-without-connect.ts";
import { neverRemovesMapping } from "./never-removes-mapping.ts";
import { neverSendsHeartbeats } from "./never-sends-heartbeats.ts";
import { offersNoHeartbeats } from "./offers-no-heartbeats.ts";
import { oldSessionErasesNew } from "./old-session-erases-new.ts";
import { queuesEarlyFrames } from "./queues-early-frames.ts";
import { reconcilesFirstOnly } from "./reconciles-first-only.ts";
import { reconcilesLate } from "./reconciles-late.ts";
import { reconcilesTwice } from "./reconciles-twice.ts";
import { redirectsToOwnSessionId } from "./redirects-to-own-session-id.ts";
import { refusesUnusualSockjsIds } from "./refuses-unusual-sockjs-ids.ts";
import { refusesWithoutLeave } from "./refuses-without-leave.ts";
import { remembersTransportSessionId } from "./remembers-transport-session-id.ts";
import { replaysJoins } from "./replays-joins.ts";
import { rosterKeepsLeaver } from "./roster-keeps-leaver.ts";
import { secondTabOverwritesFirst } from "./second-tab-overwrites-first.ts";
import { sendsErrorWithoutClose } from "./sends-error-without-close.ts";
import { sendsHeartbeatBeforeOpen } from "./sends-heartbeat-before-open.ts";
import { sendsHeartbeatsLate } from "./sends-heartbeats-late.ts";
import { sendsNoReceiptForDisconnect } from "./sends-no-receipt-for-disconnect.ts";
import { sendsUnaskedHeartbeats } from "./sends-unasked-heartbeats.ts";
import { staleTimerEndsNewSession } from "./stale-timer-ends-new-session.ts";
import { staleTimerEndsReusedId } from "./stale-timer-ends-reused-id.ts";
import { stopsWithoutGoingAway } from "./stops-without-going-away.ts";
import { subscribeForgetsIdentity } from "./subscribe-forgets-identity.ts";
import { swapsHeartbeatNumbers } from "./swaps-heartbeat-numbers.ts";
import { takesPongsForHeartbeats } from "./takes-pongs-for-heartbeats.ts";
import { takesServerIdForSessionId } from "./takes-server-id-for-session-id.ts";
import { endsServerIdTogether } from "./ends-server-id-together.ts";
import { tellsBeforeCleanUp } from "./tells-before-clean-up.ts";
import { tellsEachSessionIdOnce } from "./tells-each-session-id-once.ts";
import { tellsEachPersonOnce } from "./tells-each-person-once.ts";
import { welcomesOnce } from "./welcomes-once.ts";
import { tellsEverySecondSubscriber } from "./tells-every-second-subscriber.ts";
import { tellsLeaverOnly } from "./tells-leaver-only.ts";
import { tellsLeaverToo } from "./tells-leaver-too.ts";
import { tellsNoHttpSubscribers } from "./tells-no-http-subscribers.ts";
import { tellsOwnTransportOnly } from "./tells-own-transport-only.ts";
import { waitsForCloseAfterDisconnect } from "./waits-for-close-after-disconnect.ts";
import { waitsForCloseAfterReceipt } from "./waits-for-close-after-receipt.ts";
import { waitsForRestOfFrame } from "./waits-for-rest-of-frame.ts";

/** Every mutant, by subject. */
export const mutants: readonly Mutant[] = [
  // ends that are missed
  hearsOnlyDisconnectFrame,
  hearsOnlyGoodbyes,
  hearsOnlyNormalClosure,
  missesDisconnectFrame,
  missesCloseWithoutCode,
  ignoresReset,
  ignoresEndOfStream,
  waitsForRestOfFrame,
  needsHeartbeatsToNoticeLoss,
  keepsAbortedRequests,
  keepsClientsThatStopPolling,
  keepsHttpSessions,
  keepsStalledStreams,
  missesRefusedMessages,
  refusesWithoutLeave,
  waitsForCloseAfterDisconnect,
  waitsForCloseAfterReceipt,
  // silence
  neverChecksHeartbeats,
  checksHeartbeatsThreeTimesTooLate,
  forgetsHeartbeatMargin,
  needsStompHeartbeats,
  takesPongsForHeartbeats,
  givesUpUnansweredPings,
  givesUpQuietClients,
  // heartbeats
  neverSendsHeartbeats,
  offersNoHeartbeats,
  sendsHeartbeatsLate,
  sendsUnaskedHeartbeats,
  expectsShorterHeartbeat,
  expectsUnofferedHeartbeats,
  swapsHeartbeatNumbers,
  countsOnlyLineFeeds,
  countsWholeFramesOnly,
  // twice, late, out of order
  announcesLeaveTwice,
  announcesErrorsTwice,
  announcesDisconnectAndClose,
  announcesLeaveLate,
  announcesJoinLate,
  losesLeavesUnderLoad,
  forgetsNoticeWhenAnotherEnds,
  ghostComesBack,
  ghostAfterQuickEnd,
  replaysJoins,
  // leaves of those who live
  leavesOnUnsubscribe,
  leavesWhenStreamEnds,
  leavesWhenPollBringsNothing,
  endsLookalikeSessions,
  closesNeighbourOfLeaver,
  // who is told
  tellsLeaverOnly,
  tellsLeaverToo,
  tellsEverySecondSubscriber,
  tellsOwnTransportOnly,
  tellsNoHttpSubscribers,
  confirmsSubscriptionTooSoon,
  rosterKeepsLeaver,
  // the mapping
  tellsBeforeCleanUp,
  neverRemovesMapping,
  leaksOneMappingInSeven,
  keepsMappingsOfEarlierRuns,
  reconcilesFirstOnly,
  reconcilesLate,
  reconcilesTwice,
  secondTabOverwritesFirst,
  anyTabEndsPerson,
  oldSessionErasesNew,
  staleTimerEndsNewSession,
  staleTimerEndsReusedId,
  remembersTransportSessionId,
  tellsEachSessionIdOnce,
  tellsEachPersonOnce,
  welcomesOnce,
  // identify
  believesBodySessionId,
  firstIdentifyWins,
  leavesUnderEveryName,
  subscribeForgetsIdentity,
  identifiesOnlyBeforeSubscribe,
  namesUnidentified,
  namesNewestForUnidentified,
  mapsMalformedIdentify,
  leavesOnMalformedIdentify,
  malformedIdentifyEndsAnother,
  malformedIdentifyForgetsName,
  ignoresIdentifyAfterMalformed,
  manglesNames,
  countsCharacters,
  // the protocol
  acceptsFramesBeforeConnect,
  queuesEarlyFrames,
  countsEachConnect,
  secondConnectForgetsIdentity,
  agreesOnLowestVersion,
  connectsWithoutCommonVersion,
  knowsNoStompFrame,
  neverClosesWithoutConnect,
  sendsNoReceiptForDisconnect,
  sendsErrorWithoutClose,
  keepsHttpOpenAfterError,
  sendsHeartbeatBeforeOpen,
  refusesUnusualSockjsIds,
  takesServerIdForSessionId,
  endsServerIdTogether,
  redirectsToOwnSessionId,
  stopsWithoutGoingAway,
  // what the probe shows
  connectEventWithoutHeaders,
  interceptorSkipsSubscribe,
];
