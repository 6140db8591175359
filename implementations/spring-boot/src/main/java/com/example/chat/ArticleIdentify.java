package com.example.chat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.SendTo;
import org.springframework.messaging.simp.SimpMessageSendingOperations;
import org.springframework.stereotype.Controller;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;

/** Identifies as the flow's article does: the page reads its session id from SockJS's address and sends it in its message. */
@Controller
@ConditionalOnExpression("${chat.article:false} and !'${chat.advice:}'.contains('Presence')")
public class ArticleIdentify {

    public record Identify(String sessionId, String sender) {}

    private final Map<String, String> senders = new ConcurrentHashMap<>(); // by session id; the article has a database

    private final SimpMessageSendingOperations messaging;

    public ArticleIdentify(SimpMessageSendingOperations messaging) {
        this.messaging = messaging;
    }

    @MessageMapping("/chat.addUser")
    @SendTo("/topic/public")
    public ChatMessage identify(@Payload Identify message) {
        senders.put(message.sessionId(), message.sender());
        return new ChatMessage(ChatMessage.Type.JOIN, message.sender(), null);
    }

    @EventListener
    public void onDisconnect(SessionDisconnectEvent event) {
        String sender = senders.remove(event.getSessionId());
        if (sender != null) {
            messaging.convertAndSend("/topic/public", new ChatMessage(ChatMessage.Type.LEAVE, sender, null));
        }
    }
}
