package com.example.chat;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

@Configuration
@EnableWebSocketMessageBroker
public class WebSocketConfig implements WebSocketMessageBrokerConfigurer {

    private final TaskScheduler scheduler;
    private final boolean heartbeats;

    public WebSocketConfig(
            @Lazy @Qualifier("messageBrokerTaskScheduler") TaskScheduler scheduler,
            @Value("${chat.heartbeats:false}") boolean heartbeats) {
        this.scheduler = scheduler;
        this.heartbeats = heartbeats;
    }

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
        registry.addEndpoint("/ws").withSockJS();
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
        registry.setApplicationDestinationPrefixes("/app");
        var broker = registry.enableSimpleBroker("/topic");
        if (heartbeats) {
            broker.setTaskScheduler(scheduler).setHeartbeatValue(new long[] {1000, 1000});
        }
    }
}
