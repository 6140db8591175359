import { once } from "node:events";
import type { Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { hear, proxied } from "../testing/proxied.ts";

test("what is to be undone is undone before the connections are closed", async () => {
  const { proxy } = await proxied();
  const open: number[] = [];
  await proxy.onClose(() => Promise.resolve(void open.push(proxy.links.length)));
  expect(open).toEqual([]);
  await proxy.close();
  expect(open).toEqual([1]);
});

test("what is to be undone on a proxy that is closed, or closing, is undone at once, and waited for", async () => {
  const { proxy } = await proxied();
  const undone: string[] = [];
  await proxy.onClose(async () => {
    await proxy.onClose(() => Promise.resolve(void undone.push("while closing")));
    undone.push("before closing");
  });
  await proxy.close();
  await proxy.onClose(() => Promise.resolve(void undone.push("after closing")));
  expect(undone).toEqual(["while closing", "before closing", "after closing"]);
});

/** What becomes of a write, when what was written before it has been answered. */
const written = async (socket: Socket): Promise<string> => {
  await setTimeout(100);
  return new Promise((resolve) => socket.write("y", (error) => resolve(error?.message ?? "written")));
};

test("the target learns of a client that is gone by its first write to it, as without a proxy", async () => {
  const { client, target } = await proxied();
  const ended = once(target, "end");
  target.resume();
  client.destroy();
  await ended;
  target.write("x");
  expect(await written(target)).toMatch(/EPIPE|ECONNRESET/);
});

test("a client that has ended its half and lives goes on to hear", async () => {
  const { client, target } = await proxied();
  const ended = once(target, "end");
  target.resume();
  client.end();
  await ended;
  target.write("x");
  expect(await hear(client)).toBe("x");
  expect(await written(target)).toBe("written");
  expect(await hear(client)).toBe("y");
});
