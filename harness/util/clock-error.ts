/**
 * Tolerance for clocks and timers, in milliseconds. Every time that could turn a verdict into a failure has it. Windows'
 * timer ticks every 15.6 ms, and clocks based on it are as coarse (Microsoft, "GetTickCount": 10 to 16 ms). Timers of Node
 * and the JVM fire up to 1 ms early, because their clocks are cut to milliseconds. NTP makes a clock run up to 0.5 ms a
 * second faster or slower (RFC 5905, section 11.3).
 */
export const clockErrorMs = 20;
