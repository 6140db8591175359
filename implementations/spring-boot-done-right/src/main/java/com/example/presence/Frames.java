package com.example.presence;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Lazy;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.broker.AbstractBrokerMessageHandler;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ExecutorChannelInterceptor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;

/**
 * Refuses frames that clients must not send, confirms subscriptions, and ends a session at its DISCONNECT. Serves
 * CONNECT-NO-COMMON-VERSION, NOTICE-NOT-FORGEABLE, CONFIRMED-SUBSCRIBER-HEARS, LEAVE-ON-DISCONNECT, LEAVE-WITHIN-LINGER.
 */
@Component
public class Frames implements WebSocketMessageBrokerConfigurer, ExecutorChannelInterceptor {

    private static final List<String> VERSIONS = List.of("1.0", "1.1", "1.2");
    private static final Set<String> READABLE = Set.of("/topic/", "/app/roster");

    private final MessageChannel toClients;
    private final ApplicationEventPublisher events;

    public Frames(@Lazy @Qualifier("clientOutboundChannel") MessageChannel toClients, ApplicationEventPublisher events) {
        this.toClients = toClients;
        this.events = events;
    }

    @Override
    public void configureClientInboundChannel(ChannelRegistration registration) {
        registration.interceptors(this);
    }

    @Override
    public Message<?> preSend(Message<?> message, MessageChannel channel) {
        var frame = StompHeaderAccessor.wrap(message);
        var destination = String.valueOf(frame.getDestination());
        boolean isAllowed = switch (frame.getMessageType()) {
            case CONNECT -> frame.getAcceptVersion().isEmpty() || !Collections.disjoint(frame.getAcceptVersion(), VERSIONS);
            case SUBSCRIBE -> READABLE.contains(destination);
            case MESSAGE -> destination.equals("/ws");
            default -> true;
        };
        if (frame.getMessageType() == SimpMessageType.CONNECT && frame.getAcceptVersion().isEmpty()) {
            // STOMP 1.0 has no such header, and Spring answers nothing without it.
            MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class).setAcceptVersion("1.0");
        }
        if (isAllowed) {
            return message;
        }
        refuse(frame.getSessionId(), frame.getCommand() + " refused");
        return null;
    }

    @Override
    public void afterMessageHandled(Message<?> message, MessageChannel channel, MessageHandler handler, Exception exception) {
        if (!(handler instanceof AbstractBrokerMessageHandler)) {
            return;
        }
        var frame = StompHeaderAccessor.wrap(message);
        switch (frame.getMessageType()) {
            case SUBSCRIBE -> confirm(frame);
            case DISCONNECT -> events.publishEvent(disconnect(message, frame.getSessionId()));
            default -> {}
        }
    }

    /** Spring closes the connection after an ERROR. Instead of an exception, which setPreserveReceiveOrder would drop. */
    public void refuse(String sessionId, String reason) {
        var error = StompHeaderAccessor.create(StompCommand.ERROR);
        error.setMessage(reason);
        send(sessionId, error);
    }

    private void confirm(StompHeaderAccessor frame) {
        if (frame.getReceipt() != null) {
            var receipt = StompHeaderAccessor.create(StompCommand.RECEIPT);
            receipt.setReceiptId(frame.getReceipt());
            send(frame.getSessionId(), receipt);
        }
    }

    private void send(String sessionId, StompHeaderAccessor answer) {
        answer.setSessionId(sessionId);
        toClients.send(MessageBuilder.createMessage(new byte[0], answer.getMessageHeaders()));
    }

    private SessionDisconnectEvent disconnect(Message<?> message, String sessionId) {
        var disconnect = MessageBuilder.createMessage(new byte[0], message.getHeaders());
        return new SessionDisconnectEvent(this, disconnect, sessionId, CloseStatus.NORMAL);
    }
}
