package com.example.chat;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageSendingOperations;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;

@Component
@ConditionalOnExpression("!${chat.article:false} and !'${chat.advice:}'.contains('Presence')")
public class DisconnectListener {

    private static final Logger logger = LoggerFactory.getLogger(DisconnectListener.class);

    private final SimpMessageSendingOperations messaging;

    public DisconnectListener(SimpMessageSendingOperations messaging) {
        this.messaging = messaging;
    }

    @EventListener
    public void onDisconnect(SessionDisconnectEvent event) {
        var headers = SimpMessageHeaderAccessor.wrap(event.getMessage());
        var username = (String) headers.getSessionAttributes().get("username");
        if (username != null) {
            logger.info("{} has left", username);
            messaging.convertAndSend("/topic/public", new ChatMessage(ChatMessage.Type.LEAVE, username, null));
        }
    }
}
