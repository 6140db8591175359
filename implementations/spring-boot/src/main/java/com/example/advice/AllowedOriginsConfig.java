package com.example.advice;

import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** Serves pages of these origins only. Take its changes into your own WebSocket configuration, or this class in its place. */
@Configuration
@EnableWebSocketMessageBroker
public class AllowedOriginsConfig implements WebSocketMessageBrokerConfigurer {

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
        registry.setApplicationDestinationPrefixes("/app"); // your prefix
        registry.enableSimpleBroker("/topic"); // your topics
    }

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
        registry.addEndpoint("/ws") // your endpoint
                .setAllowedOrigins("https://chat.example.com") // your pages, never "*"
                .withSockJS();
    }
}
