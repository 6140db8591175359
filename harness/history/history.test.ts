import { expect, test } from "vitest";
import { History } from "./history.ts";

const message = { kind: "message", actor: "bob", destination: "/", body: "" } as const;

test("stamps events with their place and the clock's time", () => {
  let now = 5;
  const history = new History(() => now, new AbortController().signal);
  history.add(message);
  now = 7;
  history.add(message);
  expect(history.events.map(({ index, atMs }) => [index, atMs])).toEqual([
    [0, 5],
    [1, 7],
  ]);
});

test("until: true at once, true after the event that makes it so, false when the time is over", async () => {
  const history = new History(() => 0, new AbortController().signal);
  expect(await history.until((events) => events.length === 0, 0)).toBe(true);
  const one = history.until((events) => events.length === 1, 5000);
  history.add(message);
  expect(await one).toBe(true);
  expect(await history.until((events) => events.length === 2, 1)).toBe(false);
});

test("until rejects with the signal's reason, before and during the wait", async () => {
  const controller = new AbortController();
  const history = new History(() => 0, controller.signal);
  const waiting = history.until(() => false, 60_000);
  controller.abort(new Error("interrupted"));
  await expect(waiting).rejects.toThrow("interrupted");
  await expect(history.until(() => true, 0)).rejects.toThrow("interrupted");
});

test.each([
  ["messages", 6_000, ""],
  ["characters", 30, "x".repeat(1_000_000)],
])("a flood of %s ends every wait, and is not recorded to its end", async (_what, messages, body) => {
  const history = new History(() => 0, new AbortController().signal);
  const waiting = history.until(() => false, 60_000);
  const floods = expect(waiting).rejects.toThrow("the target floods");
  for (let sent = 0; sent < messages; sent += 1) history.add({ ...message, body });
  await floods;
  await expect(history.until(() => true, 0)).rejects.toThrow("the target floods");
  expect(history.events.length).toBeLessThan(messages);
});
