package com.example.presence;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Looks for due heartbeats ten times a period, since one look a period makes them one period late. Serves HEARTBEATS-AS-NEGOTIATED. */
public class HeartbeatScheduler extends ThreadPoolTaskScheduler {

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, Duration period) {
        return super.scheduleWithFixedDelay(task, period.dividedBy(10));
    }
}
