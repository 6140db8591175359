package com.example.presence;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.event.EventListener;
import org.springframework.http.ResponseEntity;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.messaging.AbstractSubProtocolEvent;

/** Shows tests on this machine what is stored and what has come. Serves CONNECT-EVENT-CARRIES-HEADERS, INTERCEPTOR-SEES-FRAMES, NO-DRIFT. */
@RestController
@ConditionalOnBooleanProperty("presence.probe")
public class Probe implements WebSocketMessageBrokerConfigurer, ChannelInterceptor {

    public record Event(String name, String sessionId, String command, Map<String, ?> headers) {}

    private final Queue<Event> events = new ArrayBlockingQueue<>(2_000);
    private final Mappings mappings;

    public Probe(Mappings mappings) {
        this.mappings = mappings;
    }

    @GetMapping("/probe")
    public ResponseEntity<?> show(HttpServletRequest request) throws UnknownHostException {
        return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress()
                ? ResponseEntity.ok(Map.of("mappings", mappings.count(), "events", events))
                : ResponseEntity.notFound().build();
    }

    @Override
    public void configureClientInboundChannel(ChannelRegistration registration) {
        registration.interceptors(this);
    }

    @Override
    public Message<?> preSend(Message<?> message, MessageChannel channel) {
        record("Frame", message);
        return message;
    }

    /** SessionConnectEvent, SessionSubscribeEvent, SessionDisconnectEvent and the like. */
    @EventListener
    public void onEvent(AbstractSubProtocolEvent event) {
        record(event.getClass().getSimpleName(), event.getMessage());
    }

    private void record(String name, Message<?> message) {
        var frame = StompHeaderAccessor.wrap(message);
        if (frame.getCommand() == null) {
            return; // a heartbeat
        }
        var event = new Event(name, frame.getSessionId(), frame.getCommand().name(), frame.toNativeHeaderMap());
        while (!events.offer(event)) {
            events.poll();
        }
    }
}
