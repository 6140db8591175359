package com.example.presence;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;

/** Closes connections that send no CONNECT, and all of them when the server stops. Serves NEVER-CONNECT-CLOSED, STOP-SAYS-GOING-AWAY. */
@Component
public class Connections implements WebSocketMessageBrokerConfigurer {

    private final Presence presence;
    private final Frames frames;
    private final Lifecycle connections;
    private final PresenceProperties properties;

    public Connections(
            @Lazy Presence presence,
            Frames frames,
            @Lazy @Qualifier("subProtocolWebSocketHandler") Lifecycle connections,
            PresenceProperties properties) {
        this.presence = presence;
        this.frames = frames;
        this.connections = connections;
        this.properties = properties;
    }

    /** Spring's own setTimeToFirstMessage is looked at only when another client connects. */
    @Override
    public void configureWebSocketTransport(WebSocketTransportRegistration registration) {
        registration.addDecoratorFactory(handler -> new WebSocketHandlerDecorator(handler) {
            @Override
            public void afterConnectionEstablished(WebSocketSession session) throws Exception {
                super.afterConnectionEstablished(session);
                CompletableFuture.delayedExecutor(properties.connectWithin().toMillis(), TimeUnit.MILLISECONDS)
                        .execute(() -> closeUnlessOpen(session.getId()));
            }
        });
    }

    private void closeUnlessOpen(String sessionId) {
        if (!presence.isOpen(sessionId)) {
            frames.refuse(sessionId, "No CONNECT");
        }
    }

    /** Spring closes with 1001 as well, but only when Tomcat has already cut all connections. */
    @EventListener(ContextClosedEvent.class)
    public void closeAll() {
        connections.stop();
    }
}
