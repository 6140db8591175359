package com.example.presence;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/**
 * Sets the endpoint with its allowed origins, the heartbeats, and the order of messages. Serves LEAVE-ON-SILENCE, LEAVE-ON-SILENT-DROP,
 * LEAVE-ON-LOST-CONNECTION, JOIN-BEFORE-LEAVE, IDENTIFY-LAST-WINS, ORIGIN-REFUSED.
 */
@Configuration
@EnableWebSocketMessageBroker
public class WebSocketConfig implements WebSocketMessageBrokerConfigurer {

    private final PresenceProperties properties;

    public WebSocketConfig(PresenceProperties properties) {
        this.properties = properties;
    }

    @Bean(defaultCandidate = false) // else Spring Boot runs all messages on its one thread
    HeartbeatScheduler heartbeatScheduler() {
        return new HeartbeatScheduler();
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
        long heartbeatMs = properties.heartbeat().toMillis();
        registry.setPreservePublishOrder(true);
        registry.enableSimpleBroker("/topic")
                .setHeartbeatValue(new long[] {heartbeatMs, heartbeatMs})
                .setTaskScheduler(heartbeatScheduler());
    }

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
        registry.setPreserveReceiveOrder(true);
        registry.addEndpoint("/connection")
                .setAllowedOrigins(properties.allowedOrigins())
                .withSockJS()
                .setHeartbeatTime(properties.sockjsHeartbeat().toMillis())
                .setDisconnectDelay(properties.disconnectDelay().toMillis());
    }
}
