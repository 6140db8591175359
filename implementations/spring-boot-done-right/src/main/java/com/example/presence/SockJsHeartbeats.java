package com.example.presence;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.SimpMessageType;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/**
 * Keeps SockJS's heartbeats for a client that sends no STOMP heartbeats: LEAVE-ON-LOST-CONNECTION. Spring switches them off
 * where CONNECTED asks for STOMP heartbeats, even of a client that offered none.
 */
@Component
public class SockJsHeartbeats implements WebSocketMessageBrokerConfigurer, ChannelInterceptor {

    @Override
    public void configureClientOutboundChannel(ChannelRegistration registration) {
        registration.interceptors(this);
    }

    @Override
    public Message<?> preSend(Message<?> message, MessageChannel channel) {
        var headers = message.getHeaders();
        if (SimpMessageHeaderAccessor.getMessageType(headers) != SimpMessageType.CONNECT_ACK) {
            return message;
        }
        var connect = (Message<?>) headers.get(SimpMessageHeaderAccessor.CONNECT_MESSAGE_HEADER);
        long[] offered = SimpMessageHeaderAccessor.getHeartbeat(connect.getHeaders());
        long[] own = SimpMessageHeaderAccessor.getHeartbeat(headers);
        return offered[0] > 0
                ? message
                : MessageBuilder.fromMessage(message)
                        .setHeader(SimpMessageHeaderAccessor.HEART_BEAT_HEADER, new long[] {own[0], 0})
                        .build();
    }
}
