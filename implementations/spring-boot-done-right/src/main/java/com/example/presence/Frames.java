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
 * CONNECT-HIGHEST-VERSION, CONNECT-NO-COMMON-VERSION, NOTICE-NOT-FORGEABLE, CONFIRMED-SUBSCRIBER-HEARS, LEAVE-WITHIN-LINGER.
 */
@Component
public class Frames implements WebSocketMessageBrokerConfigurer, ExecutorChannelInterceptor {

    private static final List<String> VERSIONS = List.of("1.0", "1.1", "1.2");
    private static final Set<String> READABLE = Set.of("/topic/", "/app/roster");
    private static final String REFUSED = "refused";

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
        var frame = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
        var attributes = frame.getSessionAttributes();
        boolean isAllowed = switch (frame.getMessageType()) {
            case CONNECT -> speaksOurVersion(frame);
            case SUBSCRIBE -> !attributes.containsKey(REFUSED) && READABLE.contains(frame.getDestination());
            case MESSAGE -> !attributes.containsKey(REFUSED) && "/ws".equals(frame.getDestination());
            default -> true;
        };
        if (isAllowed) {
            return message;
        }
        attributes.put(REFUSED, true); // until its connection is closed
        refuse(frame.getSessionId(), frame.getCommand() + " refused");
        return null;
    }

    @Override
    public void afterMessageHandled(Message<?> message, MessageChannel channel, MessageHandler handler, Exception exception) {
        if (handler instanceof AbstractBrokerMessageHandler) {
            var frame = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
            switch (frame.getMessageType()) {
                case SUBSCRIBE -> confirm(frame);
                case DISCONNECT -> end(frame.getSessionId(), message);
                default -> {}
            }
        }
    }

    /** Sends ERROR, after which Spring closes the connection. An exception would be dropped because of setPreserveReceiveOrder. */
    public void refuse(String sessionId, String reason) {
        var error = StompHeaderAccessor.create(StompCommand.ERROR);
        error.setMessage(reason);
        send(error, sessionId);
    }

    private static boolean speaksOurVersion(StompHeaderAccessor connect) {
        connect.getSessionAttributes().remove(REFUSED);
        if (connect.getAcceptVersion().isEmpty()) {
            connect.setAcceptVersion("1.0"); // as STOMP 1.2 says. Spring would not answer.
        }
        return !Collections.disjoint(connect.getAcceptVersion(), VERSIONS);
    }

    private void confirm(StompHeaderAccessor subscribe) {
        if (subscribe.getReceipt() != null) {
            var receipt = StompHeaderAccessor.create(StompCommand.RECEIPT);
            receipt.setReceiptId(subscribe.getReceipt());
            send(receipt, subscribe.getSessionId());
        }
    }

    /** The broker has removed the client's subscriptions, so that it does not receive its own leave. */
    private void end(String sessionId, Message<?> message) {
        var disconnect = MessageBuilder.createMessage(new byte[0], message.getHeaders());
        events.publishEvent(new SessionDisconnectEvent(this, disconnect, sessionId, CloseStatus.NORMAL));
    }

    private void send(StompHeaderAccessor answer, String sessionId) {
        answer.setSessionId(sessionId);
        toClients.send(MessageBuilder.createMessage(new byte[0], answer.getMessageHeaders()));
    }
}
