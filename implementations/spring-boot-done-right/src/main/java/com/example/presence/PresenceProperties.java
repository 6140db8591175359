package com.example.presence;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Periods and origins of application.properties. */
@ConfigurationProperties("presence")
public record PresenceProperties(
        Duration heartbeat, Duration sockjsHeartbeat, Duration disconnectDelay, Duration connectWithin, String[] allowedOrigins) {}
