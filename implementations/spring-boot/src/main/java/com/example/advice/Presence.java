package com.example.advice;

import java.util.HashMap;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageSendingOperations;
import org.springframework.stereotype.Controller;
import org.springframework.web.socket.messaging.SessionConnectEvent;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;

/** Announces who joins and who leaves: each once, however the session ends. */
@Controller
public class Presence {

    /** What a client sends to say who it is. */
    public record Identify(String sender) {}

    /** What the others receive. */
    public record Notice(String type, String sender) {}

    private static final String NOBODY = "";

    private final Map<String, String> names = new HashMap<>(); // of the open sessions, by session id

    private final SimpMessageSendingOperations messaging;

    public Presence(SimpMessageSendingOperations messaging) {
        this.messaging = messaging;
    }

    @EventListener
    public synchronized void onConnect(SessionConnectEvent event) {
        names.put(SimpMessageHeaderAccessor.getSessionId(event.getMessage().getHeaders()), NOBODY);
    }

    @MessageMapping("/chat.addUser") // your destination
    public synchronized void onIdentify(@Payload Identify message, @Header("simpSessionId") String sessionId) {
        if (message.sender() == null || message.sender().isEmpty()) {
            return;
        }
        // A session that ended while this message was in a queue has no entry any more.
        if (names.replace(sessionId, message.sender()) != null) {
            announce("JOIN", message.sender());
        }
    }

    /** Spring may call this more than once for one session. Only the first call finds the entry. */
    @EventListener
    public synchronized void onDisconnect(SessionDisconnectEvent event) {
        String name = names.remove(event.getSessionId());
        if (name != null && !name.equals(NOBODY)) {
            announce("LEAVE", name);
        }
    }

    private void announce(String type, String name) {
        messaging.convertAndSend("/topic/public", new Notice(type, name)); // your topic
    }
}
