import { once } from "node:events";
import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../util/random.ts";
import { hear, hearAll, proxied } from "../../testing/harness/proxied.ts";
import { backlogLimitBytes, type Shape } from "./flow.ts";

const limitMs = 5_000;

test("delay: what is sent arrives that much later, both ways, and the proxy measures it", async () => {
  const { proxy, client, target } = await proxied();
  proxy.reshape("both", { kind: "delay", nextDelayMs: () => 30 });
  const there = proxy.passages("to-target", 1, limitMs);
  const back = proxy.passages("from-target", 1, limitMs);
  const sentAtMs = performance.now();
  client.write("hello");
  target.write("there");
  expect(await Promise.all([hear(target), hear(client)])).toEqual(["hello", "there"]);
  expect(performance.now() - sentAtMs).toBeGreaterThanOrEqual(30);
  for (const [piece] of [await there, await back]) {
    expect((piece?.passedAtMs ?? 0) - (piece?.arrivedAtMs ?? 0)).toBeGreaterThanOrEqual(30);
  }
});

test("passing on without a shape is measured as what it is", async () => {
  const { proxy, client } = await proxied();
  const passed = proxy.passages("to-target", 1, limitMs);
  client.write("hello");
  const [piece] = await passed;
  expect(piece).toMatchObject({ direction: "to-target", bytes: 5 });
  expect(piece?.passedAtMs).toBeGreaterThanOrEqual(piece?.arrivedAtMs ?? Infinity);
});

test("whatever the delays, and wherever they change, bytes and end arrive whole and in order", async () => {
  const shapes = fc.constantFrom<Shape>(
    { kind: "pass" },
    { kind: "hold", limitBytes: 100 },
    { kind: "delay", nextDelayMs: seededRandom(7) },
    { kind: "trickle", everyMs: 0 },
  );
  const steps = fc.array(fc.record({ piece: fc.string({ minLength: 1, maxLength: 40 }), shape: shapes }), {
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const { proxy, client, target } = await proxied();
      const heard = hearAll(target);
      for (const { piece, shape } of taken) {
        proxy.reshape("both", shape);
        await new Promise((written) => client.write(piece, written));
      }
      client.end();
      proxy.heal();
      expect(await heard).toBe(taken.map(({ piece }) => piece).join(""));
    }),
    { numRuns: 30 },
  );
});

test("trickle: one byte at a time, each that much after the one before; the rest at once when it is healed", async () => {
  const { proxy, client, target } = await proxied();
  proxy.reshape("to-target", { kind: "trickle", everyMs: 5 });
  const bytes = proxy.passages("to-target", 4, limitMs);
  const heard = hearAll(target, 26);
  client.write("abcdefghijklmnopqrstuvwxyz");
  const passed = await bytes;
  expect(passed.map((piece) => piece.bytes)).toEqual([1, 1, 1, 1]);
  for (const [place, { passedAtMs }] of passed.slice(1).entries()) {
    expect(passedAtMs - (passed[place]?.passedAtMs ?? Infinity)).toBeGreaterThanOrEqual(5);
  }
  proxy.heal();
  expect(await heard).toBe("abcdefghijklmnopqrstuvwxyz");
});

test("hold: nothing gets through, and all of it does when it is healed, the end as well", async () => {
  const { proxy, client, target } = await proxied();
  const { passed } = proxy;
  proxy.reshape("to-target", { kind: "hold", limitBytes: 100 });
  const kept = proxy.kept("to-target", limitMs);
  const heard = hearAll(target);
  client.end("kept");
  expect(await kept).toMatchObject({ bytes: 4 });
  target.write("the other way");
  expect(await hear(client)).toBe("the other way");
  expect(proxy.passed).toBe(passed);
  proxy.heal();
  expect(await heard).toBe("kept");
});

test.for([0, backlogLimitBytes])(
  "hold: beyond %d bytes nothing is read, and the sender's own writes back up",
  async (limitBytes) => {
    const { proxy, client, target } = await proxied();
    proxy.reshape("from-target", { kind: "hold", limitBytes });
    // Far more than the buffers of both systems' ends take.
    const sent = "x".repeat(20_000_000);
    const flushed = new Promise<string>((resolve) => target.write(sent, () => resolve("flushed")));
    const unread = once(client, "data").then(() => "read");
    expect(target.writableNeedDrain).toBe(true);
    const other = hear(target);
    client.write("the other way");
    expect(await other).toBe("the other way");
    expect(await Promise.race([flushed, unread, Promise.resolve("backed up")])).toBe("backed up");
    const heard = hearAll(client, sent.length);
    proxy.heal();
    expect((await heard).length).toBe(sent.length);
    await flushed;
  },
);

test("under a delay no more is buffered than the limit: a flooding target has to wait", async () => {
  const { proxy, target } = await proxied();
  proxy.reshape("from-target", { kind: "delay", nextDelayMs: () => 3_600_000 });
  let flushed = false;
  target.write("x".repeat(20_000_000), () => (flushed = true));
  // The target's end is read no more when the limit is reached; what another connection brings is.
  await new Promise((resolve) => {
    const [link] = proxy.links;
    link?.target.once("pause", resolve);
  });
  expect(flushed).toBe(false);
});

test("swallow: what was held is gone as well", async () => {
  const { proxy, client, target } = await proxied();
  proxy.reshape("to-target", { kind: "hold", limitBytes: 100 });
  const kept = proxy.kept("to-target", limitMs);
  client.write("lost");
  await kept;
  proxy.reshape("to-target", { kind: "swallow" });
  proxy.heal();
  client.write("heard");
  expect(await hear(target)).toBe("heard");
});

test("kept and passages: no news within the time is no news", async () => {
  const { proxy } = await proxied();
  expect(await proxy.kept("to-target", 5)).toBeUndefined();
  expect(await proxy.passages("to-target", 1, 5)).toEqual([]);
});
