package com.example.advice;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageDeliveryException;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** Refuses what clients send to a topic themselves. Goes beside your own WebSocket configuration. */
@Component
public class TopicGuard implements WebSocketMessageBrokerConfigurer, ChannelInterceptor {

    @Override
    public void configureClientInboundChannel(ChannelRegistration registration) {
        registration.interceptors(this);
    }

    @Override
    public Message<?> preSend(Message<?> message, MessageChannel channel) {
        var headers = message.getHeaders();
        var destination = SimpMessageHeaderAccessor.getDestination(headers);
        if (SimpMessageHeaderAccessor.getMessageType(headers) == SimpMessageType.MESSAGE
                && destination != null
                && !destination.startsWith("/app/")) { // your prefix
            throw new MessageDeliveryException("Clients send to /app/ only");
        }
        return message;
    }
}
