package com.example.presence;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.Lifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;

/** Notices gone HTTP clients, closes unused connections. Serves LEAVE-ON-LOST-CONNECTION, NEVER-CONNECT-CLOSED, STOP-SAYS-GOING-AWAY. */
@Component
public class Connections implements WebSocketMessageBrokerConfigurer, ChannelInterceptor {

    private final Frames frames;
    private final Duration connectWithin;

    public Connections(Frames frames, @Value("${presence.connect-within}") Duration connectWithin) {
        this.frames = frames;
        this.connectWithin = connectWithin;
    }

    @Override
    public void configureClientOutboundChannel(ChannelRegistration registration) {
        registration.interceptors(this);
    }

    /** Where CONNECTED asks for STOMP heartbeats, Spring stops those of SockJS. So it asks only clients that offer some. */
    @Override
    public Message<?> preSend(Message<?> message, MessageChannel channel) {
        var connect = (Message<?>) message.getHeaders().get(SimpMessageHeaderAccessor.CONNECT_MESSAGE_HEADER);
        if (connect == null || SimpMessageHeaderAccessor.getHeartbeat(connect.getHeaders())[0] > 0) {
            return message;
        }
        long[] heartbeat = {SimpMessageHeaderAccessor.getHeartbeat(message.getHeaders())[0], 0};
        return MessageBuilder.fromMessage(message).setHeader(SimpMessageHeaderAccessor.HEART_BEAT_HEADER, heartbeat).build();
    }

    @Override
    public void configureWebSocketTransport(WebSocketTransportRegistration registration) {
        registration.addDecoratorFactory(handler -> new WebSocketHandlerDecorator(handler) {
            @Override
            public void afterConnectionEstablished(WebSocketSession session) throws Exception {
                super.afterConnectionEstablished(session);
                CompletableFuture.delayedExecutor(connectWithin.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(() -> frames.refuseUnlessOpen(session.getId()));
            }
        });
    }

    /** Spring closes them with 1001 itself, but after Tomcat has cut them. */
    @EventListener
    public void closeAll(ContextClosedEvent event) {
        event.getApplicationContext().getBean("subProtocolWebSocketHandler", Lifecycle.class).stop();
    }
}
