/**
 * Failure of each check in words that hold for every case. A check of leaves has words for each way in which the leave
 * can be wrong.
 */
const words: Readonly<Record<string, string>> = {
  "back-in-time": "A client that came back within the grace did not count as back",
  "clients-stay-connected": "The server closed the connection of a living client now and then",
  "closed-unconnected": "A connection without CONNECT was not closed in time",
  "connect-event-carries": "The event of a CONNECT carries other data than the CONNECT",
  "connected-at-highest": "No CONNECTED at the highest common version",
  connects: "No CONNECTED",
  "error-then-closed": "A violation was not answered by ERROR and a close",
  "frames-seen": "The interceptor did not see each frame once, in order and whole",
  "frames-whole": "A client could not read a message of the server",
  "heard-by-all": "A leave is missing",
  "heartbeats-came": "The server did not send heartbeats as often as it agreed to",
  "in-phase": "The end did not begin in its phase",
  "join-before-leave": "A leave came before its join, or without one",
  "joined-once-each": "The number of joins differs from the number of sessions that identified",
  "leaver-not-told": "A client received its own leave",
  "leaves-no-ghost": "A client that left while it identified was announced and never reported gone",
  "left-inside-window": "A leave came outside its window",
  "let-in": "The server refused a client that did what the profile says",
  "lives-by-pieces": "A client that sent pieces of a frame was not kept",
  "lives-on": "A living client was reported gone or disconnected",
  "mapping-gone-at-notice": "The number of mappings was wrong after a leave",
  "mappings-reconciled": "The number of mappings was wrong after a restart",
  "no-drift": "Sessions or mappings were left over after many sessions",
  "no-false-leave": "A leave that no ended session explains",
  "no-heartbeats-unasked": "Heartbeats came although the client wanted none",
  "no-leave-twice": "More leaves than sessions that ended",
  "no-more-come-than-left": "A client was announced more often than it was reported gone",
  "nobody-again": "A client that came back was announced before it identified",
  "none-left-before-they-came": "A client was reported gone more often than it was announced",
  "not-gone-once-back": "A client that came back after the restart was reported gone",
  "not-gone-while-open": "A leave came while the connection was open",
  "nothing-of": "A malformed identify message reached other clients",
  "only-identified-come": "A client that had not identified was announced",
  "opened-first": "The SockJS session did not begin with an open frame",
  "others-stay-connected": "The server closed the connection of a living client",
  "receipt-came": "No RECEIPT for DISCONNECT",
  "roster-without": "The roster was missing or wrong after a leave",
  "sentinel-told": "The leave of an ordinary client that disconnected is missing",
  "served-nothing": "A client without CONNECT was served",
  "session-id-read-right": "The page read a wrong session id",
  "stays-gone": "A client that had left was announced again",
  "target-survives": "The server died",
  "told-in-time": "A leave is missing or came outside its window",
  "told-of-stop": "A server that stopped did not say that it was going away",
};

/** Returns the failure of a check in words, by its id; undefined for a check of another version of hangup. */
export const failureInWords = (checkId: string): string | undefined =>
  Object.hasOwn(words, checkId) ? words[checkId] : undefined;
