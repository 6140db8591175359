package com.example.advice;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.MessageDeliveryException;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** Refuses a CONNECT that offers no heartbeats. Goes beside your own WebSocket configuration. */
@Component
public class HeartbeatsRequired implements WebSocketMessageBrokerConfigurer, ChannelInterceptor {

    @Override
    public void configureClientInboundChannel(ChannelRegistration registration) {
        registration.interceptors(this);
    }

    @Override
    public Message<?> preSend(Message<?> message, MessageChannel channel) {
        var headers = StompHeaderAccessor.wrap(message);
        if (headers.getMessageType() == SimpMessageType.CONNECT && headers.getHeartbeat()[0] == 0) {
            throw new MessageDeliveryException("Offer heartbeats, such as heart-beat:10000,10000");
        }
        return message;
    }
}
