package com.example.presence;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageSendingOperations;
import org.springframework.messaging.simp.annotation.SubscribeMapping;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Controller;
import org.springframework.web.socket.messaging.SessionConnectEvent;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;
import tools.jackson.databind.JsonNode;

/**
 * Announces who joins and who leaves, each once, however the session ends. Serves LEAVE-ON-CLOSE, LEAVE-NOT-TWICE, RELOAD-KEEPS-NEW-SESSION,
 * IDENTIFY-BINDS-TO-OWN-SESSION, IDENTIFY-LEAVES-NO-GHOST, MALFORMED-IDENTIFY-HARMLESS, MAPPING-GONE-AT-NOTICE, RESTART-RECONCILES.
 */
@Controller
public class Presence {

    /** Says who a client is. The session id in the message is not read: a client can write anything there. */
    public record Identify(JsonNode clientData) {}
    public record Notice(String event, String ref, @JsonRawValue String clientData) {}

    private final Set<String> open = new HashSet<>(); // session ids
    private final Mappings mappings;
    private final SimpMessageSendingOperations messaging;

    public Presence(Mappings mappings, SimpMessageSendingOperations messaging) {
        this.mappings = mappings;
        this.messaging = messaging;
    }

    public synchronized boolean isOpen(String sessionId) {
        return open.contains(sessionId);
    }

    @EventListener
    public synchronized void onConnect(SessionConnectEvent event) {
        open.add(SimpMessageHeaderAccessor.getSessionId(event.getMessage().getHeaders()));
    }

    @MessageMapping("/ws")
    public synchronized void onIdentify(Identify message, @Header("simpSessionId") String sessionId) {
        // A session that ended while this message was in a queue is not open any more.
        if (isOpen(sessionId) && isName(message.clientData())) {
            var mapping = mappings.findById(sessionId).orElseGet(Mapping::new);
            mapping.sessionId = sessionId;
            mapping.clientData = message.clientData().toString();
            announce("join", mappings.save(mapping));
        }
    }

    @SubscribeMapping("/app/roster")
    public synchronized List<Mapping> roster() {
        return mappings.findAll().stream().filter(mapping -> isOpen(mapping.sessionId)).toList();
    }

    @EventListener
    public void onDisconnect(SessionDisconnectEvent event) {
        end(event.getSessionId());
    }

    /** Is called more than once for one session. Only the first call finds it open. */
    public synchronized void end(String sessionId) {
        if (open.remove(sessionId)) {
            mappings.findById(sessionId).ifPresent(this::remove);
        }
    }

    /** Runs once: removes what a killed server has left, when its clients had time to come back. */
    @Scheduled(initialDelayString = "${presence.reconcile-after}")
    public synchronized void reconcile() {
        mappings.findAll().stream().filter(mapping -> !isOpen(mapping.sessionId)).forEach(this::remove);
    }

    private void remove(Mapping mapping) {
        mappings.delete(mapping);
        announce("leave", mapping);
    }

    private void announce(String event, Mapping mapping) {
        messaging.convertAndSend("/topic/", new Notice(event, mapping.ref, mapping.clientData));
    }

    private static boolean isName(JsonNode data) {
        return data != null
                && (data.isObject() || data.isString() && !data.stringValue().isEmpty())
                && StandardCharsets.UTF_8.newEncoder().canEncode(data.toString()); // false for half a surrogate pair
    }
}
