import { links, type AdviceEntry, type SpringChange } from "./advice.ts";

/** Disadvantages of the class Presence. */
export const presenceSideEffects: readonly string[] = [
  "One lock orders all joins and leaves. With a broker relay, whose sends may block, keep the names in a store that updates a session's entry atomically.",
  "The names live in the memory of one server. Several servers need a shared store.",
];

/** Advice that is a listener which keeps one entry for each open session. */
const presence = (words: string): SpringChange => ({
  words,
  code: "Presence",
  link: links.events,
  sideEffects: presenceSideEffects,
});

const noGhost: Omit<AdviceEntry, "id" | "requirements"> = {
  general:
    "An identify message may be handled after its session has ended. Store and announce it only if the session is still open, in one step that the end of the session cannot interrupt.",
  spring: presence(
    "Inbound messages run on an executor, and SessionDisconnectEvent does not wait for them: an identify message may be handled after its session's end. Give each session an entry at SessionConnectEvent, and announce a join only while that entry exists.",
  ),
};

/** Advice for leaves that are wrong: told twice, of nobody, of another session, in the wrong order. */
export const wrongLeaves: readonly AdviceEntry[] = [
  {
    id: "once",
    requirements: ["LEAVE-NOT-TWICE"],
    general:
      "Look for a second place that sends the leave, or a listener that is registered twice. Remove the session's entry and announce its leave in one step, and announce nothing if there was no entry: then a second sign of the same end says nothing.",
    spring: presence(
      "Spring may publish SessionDisconnectEvent more than once for one session, as it does when it drops a reader at the send limit. Make the listener idempotent by session id: announce the leave only where removing the session's entry really removed one.",
    ),
  },
  {
    id: "no-ghost",
    requirements: ["IDENTIFY-LEAVES-NO-GHOST"],
    // Over HTTP alone, the session may be there because nobody noticed its end.
    fits: ({ onlyHttp }) => !onlyHttp,
    ...noGhost,
  },
  { id: "stays-gone", requirements: ["GONE-STAYS-GONE"], ...noGhost },
  {
    id: "new-identity",
    requirements: ["REUSED-ID-NEW-IDENTITY", "RECONNECT-IDENTIFIES-ANEW"],
    general:
      "Remove what is stored under a session's id when the session ends, and begin each new session without a name.",
    spring: presence(
      "A session id that is used again soon after its end still has its old session attributes, so that a session that never identified ends under an earlier name. Keep the name in a map of your own. Clear its entry at SessionConnectEvent, and remove it at SessionDisconnectEvent.",
    ),
  },
  {
    id: "own-session",
    requirements: ["IDENTIFY-BINDS-TO-OWN-SESSION"],
    general:
      "Take the session id from the connection on which the message arrived, never from the message's body: the client can write anything there.",
    spring: {
      ...presence(
        'Take the session id from the message\'s headers, as @Header("simpSessionId") does, never from its body: the client can write anything there.',
      ),
      link: links.annotations,
    },
  },
  {
    id: "own-name",
    requirements: ["LEAVE-NAMES-THE-LEAVER"],
    general:
      "Keep each client's name with its own connection, and look it up there when that connection ends, before its entry is removed. An HTTP session is shared by all tabs of a browser, and a global field by all clients: there, the name stored last wins.",
    spring: {
      ...presence(
        "All tabs of a browser share one HttpSession, and all clients share a field of a singleton: there, the name stored last wins. Keep the name by the STOMP session's id, or in SimpMessageHeaderAccessor.getSessionAttributes(), which belong to one connection, and read it at SessionDisconnectEvent.",
      ),
      link: links.annotations,
    },
  },
  {
    id: "named-leave",
    requirements: ["LEAVE-NAMES-SOMEBODY"],
    general:
      "Put the client's name into the leave notice, as into the join notice. Look it up by the session's id before its entry is removed.",
    spring: presence(
      "SessionDisconnectEvent has the session's id and nothing of the client's data. Keep the name by that id, and put it into the leave notice.",
    ),
  },
  {
    id: "unnamed",
    requirements: ["UNIDENTIFIED-ENDS-UNNAMED"],
    general: "Announce a leave only if the session's id leads to a client that has identified.",
    spring: presence(
      "SessionDisconnectEvent comes for sessions that never identified, too. Announce a leave only if the session's entry holds a name.",
    ),
  },
  {
    id: "mapping-first",
    requirements: ["MAPPING-GONE-AT-NOTICE"],
    general: "Remove what is stored for the session first, and send the notice after that.",
    spring: presence(
      "In the listener of SessionDisconnectEvent, remove the entry first and send the notice after that; in a transaction, after its commit.",
    ),
  },
  {
    id: "reload",
    requirements: ["RELOAD-KEEPS-NEW-SESSION"],
    general:
      "A reload ends one session and begins another, and the server may see either first. Remove by the id of the session that ended, never by person.",
    spring: presence(
      "A reload ends one session and begins another, and the server may see either first. Remove by the session id of the event, never by user: the user's newer session has an entry of its own.",
    ),
  },
  {
    id: "persons",
    requirements: ["SESSIONS-OF-ONE-PERSON"],
    general:
      "The profile's `sessions` says whether each session's leave is announced, or only that of a person's last one. Keep one entry for each session. Where only the last one counts, remove and count in one step, since two may end at once.",
    spring: {
      words:
        "SessionDisconnectEvent tells of one session, not of a person. Keep one entry for each session id, and where the last session counts, announce the leave only when none of that person is left. Remove and count in one step, since two may end at once.",
      link: links.events,
    },
  },
  {
    id: "order",
    requirements: ["JOIN-BEFORE-LEAVE"],
    general:
      "Send the notices about one session in the order of its events, and to each client one after the other.",
    spring: {
      words:
        "Spring sends on an executor and keeps no order unless asked to. This class keeps the order of the messages to each client and of those from it. Announce joins and leaves under one lock as well, as the class Presence does: otherwise a join can be published after its leave.",
      code: "MessageOrder",
      link: links.order,
      sideEffects: [
        "Messages of one client are handled one after the other, so that a slow handler delays the next message of that client.",
        "What a ChannelInterceptor throws no longer reaches the client (Spring 7.0.10): a refused message is dropped, without ERROR and without a close.",
      ],
    },
  },
];
