/**
 * How much two right clocks may differ over one span, and a timer fire too early or too late, in milliseconds. Every time that
 * could make a verdict a failure has this much room. Windows' timer ticks every 15.6 ms, and clocks that go by it are as
 * coarse (Microsoft, "GetTickCount": 10 to 16 ms). Timers of Node and the JVM fire up to 1 ms early, since they go by clocks
 * that are cut to milliseconds. A clock that NTP slews runs up to 0.5 ms a second faster or slower (RFC 5905, section 11.3).
 */
export const clockErrorMs = 20;
