/** Change for a Spring server. */
export interface Advice {
  /** Explanation in one to three sentences. */
  readonly words: string;
  /** Java code to copy. */
  readonly code?: string;
  /** Disadvantages of the change, as sentences. */
  readonly sideEffects?: readonly string[];
}

/** Copy of WebSocketConfig.java in implementations/spring-boot, package com.example.heartbeats. A test compares them. */
const heartbeatsCode = `
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

@Configuration
@EnableWebSocketMessageBroker
public class WebSocketConfig implements WebSocketMessageBrokerConfigurer {

    private final TaskScheduler scheduler;

    // This is Spring's own scheduler. Spring makes it after this class, so without @Lazy the context does not start.
    public WebSocketConfig(@Lazy @Qualifier("messageBrokerTaskScheduler") TaskScheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
        registry.setApplicationDestinationPrefixes("/app"); // your prefix
        registry.enableSimpleBroker("/topic") // your topics
                .setHeartbeatValue(new long[] {10000, 10000}) // milliseconds: to clients, from clients
                .setTaskScheduler(scheduler);
    }

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
        registry.addEndpoint("/ws").withSockJS(); // your endpoint
    }
}
`.trim();

const heartbeats: Advice = {
  words:
    "Switch on STOMP heartbeats: the simple broker answers CONNECT with heart-beat:0,0 until it has a TaskScheduler, and then does not notice a client that drops off the network or freezes. Keep your own prefix, topics and endpoint. With 10 s both ways the leave comes 30 to 40 s after the client's last byte.",
  code: heartbeatsCode,
  sideEffects: [
    "STOMP heartbeats switch SockJS's own off for every session. A client over XHR or EventSource that offers heart-beat:0,0 and vanishes is then noticed only when a message to it cannot be written, and in a quiet room never; before, it took 30 to 50 s. Have clients offer heartbeats, as stompjs does by default.",
    "Over XHR and EventSource a client that sends DISCONNECT and goes is then never announced, where it was after 10 to 50 s: after DISCONNECT neither side sends heartbeats. With stompjs that is every deactivate() over xhr-streaming. Announce the leave in a ChannelInterceptor that sees DISCONNECT.",
    "Spring sends a heartbeat up to two periods after its last message, so that HEARTBEATS-AS-NEGOTIATED fails where the profile declares heartbeatMs. stompjs waits for two periods before it closes the connection.",
    "A client that cannot send for 30 s is announced as gone. Chrome runs the timers of a hidden tab once a minute; stompjs keeps its heartbeats with heartbeatStrategy: TickerStrategy.Worker.",
  ],
};

const ghost =
  "Inbound messages run on an executor, and SessionDisconnectEvent does not wait for them: an identify may be handled after its session's end. Once the mapping is stored, look whether the session has ended meanwhile; if so, remove the mapping and tell nobody, or tell the leave as well.";

const unwritten =
  "Over HTTP transports Spring notices a client that is gone by failing to write to it. With STOMP heartbeats on, SockJS's own are off, and a client that agreed to 0,0 is never written to; have clients ask for heartbeats.";

const disconnected =
  "Spring answers DISCONNECT, but publishes SessionDisconnectEvent only when the connection closes; over xhr-streaming that was 50 s later. A ChannelInterceptor sees the DISCONNECT frame: tell the leave there, and let the event find nothing left to tell.";

const reused =
  "A session id that is used again soon after its end still has its old session attributes, so that a session that never identified ends under an earlier name. Keep who it is in a mapping, and remove that when SessionDisconnectEvent is handled.";

/**
 * Advice for Spring servers by requirement id. It comes from our own runs or Spring's documentation. Other
 * requirements have none.
 */
export const advice: ReadonlyMap<string, Advice> = new Map(
  Object.entries<string | Advice>({
    "LEAVE-NOT-TWICE":
      "Spring may publish SessionDisconnectEvent more than once for one session, as it does when it drops a reader at the send limit. Make the listener idempotent by session id: tell the leave only where removing the session's mapping really removed one.",
    "IDENTIFY-LEAVES-NO-GHOST": ghost,
    "GONE-STAYS-GONE": ghost,
    "JOIN-BEFORE-LEAVE":
      "The broker sends on an executor and keeps no order unless told to: setPreservePublishOrder(true) in configureMessageBroker. An identify that is still queued when the session ends can be overtaken all the same; look whether the session is still open before its join is told.",
    "LEAVE-ON-SILENT-DROP": heartbeats,
    "LEAVE-ON-SILENCE": heartbeats,
    "LEAVE-IN-TIME":
      "With heartbeats, Spring gave silent clients up after 3 to 5 periods: a shorter setHeartbeatValue notices them sooner. Over HTTP transports a client that is gone shows only when writing to it fails; without STOMP heartbeats that is SockJS's own heartbeat, each 25 s.",
    "LIVENESS-WITHOUT-HEARTBEATS":
      "Once the broker has STOMP heartbeats, Spring stops SockJS's own for every session, also for a client that agreed to 0,0; nothing is left that could notice its silence. Have clients ask for heartbeats, or refuse a CONNECT without them in a ChannelInterceptor.",
    "LEAVE-ON-LOST-CONNECTION": unwritten,
    "LEAVE-ON-PAGE-GONE": unwritten,
    "LEAVE-ON-DISCONNECT": disconnected,
    "LEAVE-WITHIN-LINGER": disconnected,
    "LEAVE-OF-STALLED-READER":
      "Spring ends a session whose reader takes nothing at setSendTimeLimit (10 s unless set) or setSendBufferSizeLimit (512 KiB), and only while something is being sent to it. Its SessionDisconnectEvent then comes more than once.",
    "NEVER-CONNECT-CLOSED":
      "setTimeToFirstMessage in configureWebSocketTransport says how long a connection may say nothing: 60 s unless set. It is looked at now and then, so that the end may come later.",
    "CONNECT-NO-COMMON-VERSION":
      "Spring gave such a CONNECT no answer at all. A ChannelInterceptor on the inbound channel sees its accept-version header and can throw, which sends ERROR and ends the session.",
    "REUSED-ID-NEW-IDENTITY": reused,
    "RECONNECT-IDENTIFIES-ANEW": reused,
    "IDENTIFY-BINDS-TO-OWN-SESSION":
      "Take the session id from the message's headers (SimpMessageHeaderAccessor.getSessionId), never from its body: the body is what the client says.",
    "UNIDENTIFIED-ENDS-UNNAMED":
      "SessionDisconnectEvent comes for sessions that never identified, too. Tell a leave only where the lookup by session id found somebody.",
    "MAPPING-GONE-AT-NOTICE":
      "In the listener of SessionDisconnectEvent, remove the mapping first and send the notice after that; in a transaction, after its commit.",
    "SESSIONS-OF-ONE-PERSON":
      "SessionDisconnectEvent tells of one session, not of a person. Keep one mapping for each session id, and where the last session counts, tell the leave only when none of that person is left; remove and count in one step, since two may end at once.",
    "RELOAD-KEEPS-NEW-SESSION":
      "A reload ends one session and begins another, and the server may see either first. Remove by the session id of the event, never by user: the user's newer session has a mapping of its own.",
    "RESTART-RECONCILES":
      "No SessionDisconnectEvent comes for sessions of a server that was killed. When it starts again, clear what it had stored, and tell of it where that is declared.",
    "STOP-SAYS-GOING-AWAY":
      "Asked to stop, Spring closed WebSockets without a code, which clients see as 1006. A WebSocketHandlerDecorator that keeps the open sessions can close them with CloseStatus.GOING_AWAY first.",
  }).map(([id, advised]) => [id, typeof advised === "string" ? { words: advised } : advised]),
);
