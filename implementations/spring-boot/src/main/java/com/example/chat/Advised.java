package com.example.chat;

import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.messaging.simp.broker.SimpleBrokerMessageHandler;

/** Adds the classes of hangup's advice that `--chat.advice` names, such as `HeartbeatsConfig,Presence`. */
@Configuration
@Import(Advised.Selector.class)
public class Advised {

    static class Selector implements ImportSelector, EnvironmentAware {

        private Environment environment;

        @Override
        public void setEnvironment(Environment environment) {
            this.environment = environment;
        }

        @Override
        public String[] selectImports(AnnotationMetadata importing) {
            String[] names = environment.getProperty("chat.advice", String[].class, new String[0]);
            return Stream.of(names).map("com.example.advice."::concat).toArray(String[]::new);
        }
    }

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
