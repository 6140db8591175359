import { expect, test } from "vitest";
import { javaClasses } from "./java.generated.ts";
import { keyLinesOf } from "./key-lines.ts";

test("the lines that switch heartbeats on", () => {
  expect(keyLinesOf("HeartbeatsConfig")).toBe(
    `public HeartbeatsConfig(@Lazy @Qualifier("messageBrokerTaskScheduler") TaskScheduler scheduler) {
    registry.enableSimpleBroker("/topic") // your topics
            .setHeartbeatValue(new long[] {10000, 10000}) // milliseconds: to clients, from clients
            .setTaskScheduler(scheduler);`,
  );
});

test.each(Object.keys(javaClasses) as (keyof typeof javaClasses)[])(
  "%s has few such lines, or none",
  (name) => {
    const lines = keyLinesOf(name)?.split("\n");
    if (lines === undefined) return;
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThanOrEqual(10);
    for (const line of lines) expect(javaClasses[name]).toContain(line.trim());
  },
);
