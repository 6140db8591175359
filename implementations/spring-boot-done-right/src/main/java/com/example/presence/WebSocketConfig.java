package com.example.presence;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/**
 * Sets the endpoint with its allowed origins, the heartbeats, and the order of messages. Serves LEAVE-ON-SILENCE, LEAVE-ON-SILENT-DROP,
 * HEARTBEATS-AS-NEGOTIATED, LEAVE-ON-LOST-CONNECTION, JOIN-BEFORE-LEAVE, IDENTIFY-LAST-WINS, ORIGIN-REFUSED.
 */
@Configuration
@EnableWebSocketMessageBroker
public class WebSocketConfig implements WebSocketMessageBrokerConfigurer {

    @Value("${presence.heartbeat}") private Duration heartbeat;
    @Value("${presence.sockjs-heartbeat}") private Duration sockJsHeartbeat;
    @Value("${presence.disconnect-delay}") private Duration disconnectDelay;
    @Value("${presence.allowed-origins}") private String[] allowedOrigins;

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
        registry.setPreservePublishOrder(true);
        registry.enableSimpleBroker("/topic")
                .setHeartbeatValue(new long[] {heartbeat.toMillis(), heartbeat.toMillis()})
                .setTaskScheduler(heartbeatScheduler());
    }

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
        registry.setPreserveReceiveOrder(true);
        registry.addEndpoint("/connection")
                .setAllowedOrigins(allowedOrigins)
                .withSockJS()
                .setHeartbeatTime(sockJsHeartbeat.toMillis())
                .setDisconnectDelay(disconnectDelay.toMillis());
    }

    /** Spring looks for due heartbeats once a period, so that they come up to one period late. This one looks ten times. */
    @Bean(defaultCandidate = false) // otherwise Spring Boot handles all messages on its one thread
    public ThreadPoolTaskScheduler heartbeatScheduler() {
        return new ThreadPoolTaskScheduler() {
            @Override
            public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, Duration period) {
                return super.scheduleWithFixedDelay(task, period.dividedBy(10));
            }
        };
    }
}
