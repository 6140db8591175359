package com.example.advice;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** Switches STOMP heartbeats on. Take its changes into your own WebSocket configuration, or this class in its place. */
@Configuration
@EnableWebSocketMessageBroker
public class HeartbeatsConfig implements WebSocketMessageBrokerConfigurer {

    private final TaskScheduler scheduler;

    // This is Spring's own scheduler. Spring makes it after this class, so without @Lazy the context does not start.
    public HeartbeatsConfig(@Lazy @Qualifier("messageBrokerTaskScheduler") TaskScheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
        registry.setApplicationDestinationPrefixes("/app"); // your prefix
        registry.enableSimpleBroker("/topic") // your topics
                .setHeartbeatValue(new long[] {10000, 10000}) // milliseconds: to clients, from clients
                .setTaskScheduler(scheduler);
    }

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
        registry.addEndpoint("/ws").withSockJS(); // your endpoint
    }
}
