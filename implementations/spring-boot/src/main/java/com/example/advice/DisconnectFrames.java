package com.example.advice;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageHandler;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.broker.AbstractBrokerMessageHandler;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.support.ExecutorChannelInterceptor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;

/** Publishes SessionDisconnectEvent when DISCONNECT arrives. Goes beside your own WebSocket configuration. */
@Component
public class DisconnectFrames implements WebSocketMessageBrokerConfigurer, ExecutorChannelInterceptor {

    private final ApplicationEventPublisher events;

    public DisconnectFrames(ApplicationEventPublisher events) {
        this.events = events;
    }

    @Override
    public void configureClientInboundChannel(ChannelRegistration registration) {
        registration.interceptors(this);
    }

    /** Spring sends a DISCONNECT of its own when the connection closes, so that this is called twice. */
    @Override
    public void afterMessageHandled(
            Message<?> message, MessageChannel channel, MessageHandler handler, Exception exception) {
        var headers = message.getHeaders();
        // Once the broker has handled it, the client has no subscriptions, and does not receive its own leave.
        if (handler instanceof AbstractBrokerMessageHandler
                && SimpMessageHeaderAccessor.getMessageType(headers) == SimpMessageType.DISCONNECT) {
            var disconnect = MessageBuilder.createMessage(new byte[0], headers);
            var sessionId = SimpMessageHeaderAccessor.getSessionId(headers);
            events.publishEvent(new SessionDisconnectEvent(this, disconnect, sessionId, CloseStatus.NORMAL));
        }
    }
}
