import { expect, test } from "vitest";
import { javaClasses } from "./java.generated.ts";
import { keyMembersOf } from "./key-members.ts";

test("the members that switch heartbeats on", () => {
  expect(keyMembersOf("HeartbeatsConfig")).toBe(
    `private final TaskScheduler scheduler;

// This is Spring's own scheduler. Spring makes it after this class, so without @Lazy the context does not start.
public HeartbeatsConfig(@Lazy @Qualifier("messageBrokerTaskScheduler") TaskScheduler scheduler) {
    this.scheduler = scheduler;
}

@Override
public void configureMessageBroker(MessageBrokerRegistry registry) {
    registry.setApplicationDestinationPrefixes("/app"); // your prefix
    registry.enableSimpleBroker("/topic") // your topics
            .setHeartbeatValue(new long[] {10000, 10000}) // milliseconds: to clients, from clients
            .setTaskScheduler(scheduler);
}`,
  );
});

test.each(Object.keys(javaClasses) as (keyof typeof javaClasses)[])(
  "%s has whole members, fewer than all, or none",
  (name) => {
    const members = keyMembersOf(name);
    if (members === undefined) return;
    const count = (text: string, what: string) => text.split(what).length;
    expect(members).not.toBe("");
    expect(count(members, "{")).toBe(count(members, "}"));
    expect(members.split("\n").length).toBeLessThan(javaClasses[name].split("\n").length / 1.5);
    for (const line of members.split("\n")) expect(javaClasses[name]).toContain(line.trim());
  },
);
