package com.example.advice;

import org.springframework.context.Lifecycle;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Closes all connections with 1001 when the application stops. Spring does so itself, but after Tomcat has cut them. */
@Component
public class GoingAway {

    @EventListener
    public void closeAll(ContextClosedEvent event) {
        event.getApplicationContext().getBean("subProtocolWebSocketHandler", Lifecycle.class).stop();
    }
}
