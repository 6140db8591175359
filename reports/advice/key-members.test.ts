import { expect, test } from "vitest";
import { javaClasses } from "./java.generated.ts";
import { keyMembersOf } from "./key-members.ts";

test("the members that switch heartbeats on", () => {
  const members = keyMembersOf("HeartbeatsConfig")?.split("\n\n") ?? [];
  expect(members.map((member) => member.split("\n").slice(-2).join("\n"))).toEqual([
    "private final TaskScheduler scheduler;",
    "    this.scheduler = scheduler;\n}",
    "            .setTaskScheduler(scheduler);\n}",
  ]);
  expect(members[1]).toContain('\npublic HeartbeatsConfig(@Lazy @Qualifier("messageBrokerTaskScheduler")');
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
