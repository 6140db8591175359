package com.example.chat;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.messaging.simp.broker.SimpleBrokerMessageHandler;

/** Replaces the configuration by the one that hangup's advice prints. */
@Configuration
@ConditionalOnProperty("chat.heartbeats")
@Import(com.example.heartbeats.WebSocketConfig.class)
public class Heartbeats {

    /** Gives heartbeats another period, for tests that can't wait for the printed 10 s. */
    @Bean
    @ConditionalOnProperty("chat.heartbeat-ms")
    static BeanPostProcessor period(@Value("${chat.heartbeat-ms}") long periodMs) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof SimpleBrokerMessageHandler broker) {
                    broker.setHeartbeatValue(new long[] {periodMs, periodMs});
                }
                return bean;
            }
        };
    }
}
