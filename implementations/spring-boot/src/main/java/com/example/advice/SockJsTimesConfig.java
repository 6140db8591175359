package com.example.advice;

import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** Shortens the times of SockJS. Take its changes into your own WebSocket configuration, or this class in its place. */
@Configuration
@EnableWebSocketMessageBroker
public class SockJsTimesConfig implements WebSocketMessageBrokerConfigurer {

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
        registry.setApplicationDestinationPrefixes("/app"); // your prefix
        registry.enableSimpleBroker("/topic"); // your topics
    }

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
        registry.addEndpoint("/ws").withSockJS() // your endpoint
                .setHeartbeatTime(5000) // milliseconds; 25000 by default
                .setDisconnectDelay(2000); // milliseconds between two polls; 5000 by default
    }
}
