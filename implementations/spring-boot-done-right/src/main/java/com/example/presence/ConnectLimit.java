package com.example.presence;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;

/** Closes connections without a CONNECT. Spring's setTimeToFirstMessage does so only when others connect. Serves NEVER-CONNECT-CLOSED. */
@Component
public class ConnectLimit implements WebSocketMessageBrokerConfigurer {

    private final Presence presence;
    private final Frames frames;
    private final PresenceProperties properties;

    public ConnectLimit(@Lazy Presence presence, Frames frames, PresenceProperties properties) {
        this.presence = presence;
        this.frames = frames;
        this.properties = properties;
    }

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
            frames.refuse(sessionId, "No CONNECT came");
        }
    }
}
