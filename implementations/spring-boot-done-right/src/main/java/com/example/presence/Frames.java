package com.example.presence;

import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
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
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/**
 * Refuses frames that clients must not send, confirms subscriptions, and ends a session at its DISCONNECT. Serves
 * CONNECT-HIGHEST-VERSION, CONNECT-NO-COMMON-VERSION, NOTICE-NOT-FORGEABLE, CONFIRMED-SUBSCRIBER-HEARS, LEAVE-WITHIN-LINGER.
 */
@Component
public class Frames implements WebSocketMessageBrokerConfigurer, ExecutorChannelInterceptor {

    private static final Set<String> READABLE = Set.of("/topic/", "/app/roster");
    private static final String REFUSED = "refused";

    private final MessageChannel toClients;
    private final Presence presence;

    public Frames(@Lazy @Qualifier("clientOutboundChannel") MessageChannel toClients, @Lazy Presence presence) {
        this.toClients = toClients;
        this.presence = presence;
    }

    @Override
    public void configureClientInboundChannel(ChannelRegistration registration) {
        registration.interceptors(this);
    }

    @Override
    public Message<?> preSend(Message<?> message, MessageChannel channel) {
        var frame = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
        var attributes = frame.getSessionAttributes();
        if (frame.getMessageType() == SimpMessageType.CONNECT && frame.getAcceptVersion().isEmpty()) {
            frame.setAcceptVersion("1.0"); // as STOMP says. Spring would not answer.
        }
        boolean isAllowed = switch (frame.getMessageType()) {
            case CONNECT -> frame.getAcceptVersion().stream().anyMatch(Set.of("1.0", "1.1", "1.2")::contains);
            case SUBSCRIBE -> !attributes.containsKey(REFUSED) && READABLE.contains(String.valueOf(frame.getDestination()));
            case MESSAGE -> !attributes.containsKey(REFUSED) && "/ws".equals(frame.getDestination());
            default -> true;
        };
        if (!isAllowed) {
            attributes.put(REFUSED, true);
            // Spring closes the connection after an ERROR. An exception would be dropped because of setPreserveReceiveOrder.
            answer(frame.getSessionId(), StompCommand.ERROR, "message", frame.getCommand() + " refused");
        }
        return isAllowed ? message : null;
    }

    /** Spring's own setTimeToFirstMessage is looked at only when another client connects. */
    public void refuseUnlessOpen(String sessionId) {
        if (!presence.isOpen(sessionId)) {
            answer(sessionId, StompCommand.ERROR, "message", "No CONNECT");
        }
    }

    @Override
    public void afterMessageHandled(Message<?> message, MessageChannel channel, MessageHandler handler, Exception exception) {
        if (handler instanceof AbstractBrokerMessageHandler) {
            var frame = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
            switch (frame.getMessageType()) {
                case SUBSCRIBE -> confirm(frame);
                case DISCONNECT -> presence.end(frame.getSessionId()); // without subscriptions by now, so that it is not told itself
                default -> {}
            }
        }
    }

    private void confirm(StompHeaderAccessor subscribe) {
        if (subscribe.getReceipt() != null) {
            answer(subscribe.getSessionId(), StompCommand.RECEIPT, "receipt-id", subscribe.getReceipt());
        }
    }

    private void answer(String sessionId, StompCommand command, String header, String value) {
        var answer = StompHeaderAccessor.create(command);
        answer.setSessionId(sessionId);
        answer.setNativeHeader(header, value);
        toClients.send(MessageBuilder.createMessage(new byte[0], answer.getMessageHeaders()));
    }
}
