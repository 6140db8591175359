package com.example.presence;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.event.EventListener;
import org.springframework.http.ResponseEntity;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.socket.messaging.AbstractSubProtocolEvent;

/** Shows tests on this machine the number of mappings and the latest events. Serves CONNECT-EVENT-CARRIES-HEADERS, NO-DRIFT. */
@RestController
@ConditionalOnBooleanProperty("presence.probe")
public class Probe {

    private final ArrayBlockingQueue<Map<String, ?>> events = new ArrayBlockingQueue<>(2_000);
    private final Mappings mappings;

    public Probe(Mappings mappings) {
        this.mappings = mappings;
    }

    @GetMapping("/probe")
    public ResponseEntity<?> show(HttpServletRequest request) {
        return request.getRemoteAddr().equals("127.0.0.1")
                ? ResponseEntity.ok(Map.of("mappings", mappings.count(), "events", events))
                : ResponseEntity.notFound().build();
    }

    /** SessionConnectEvent, SessionSubscribeEvent, SessionDisconnectEvent and others. */
    @EventListener
    public synchronized void onEvent(AbstractSubProtocolEvent event) {
        var frame = StompHeaderAccessor.wrap(event.getMessage());
        if (events.remainingCapacity() == 0) {
            events.remove();
        }
        var name = event.getClass().getSimpleName();
        events.add(Map.of("name", name, "sessionId", frame.getSessionId(), "headers", frame.toNativeHeaderMap()));
    }
}
