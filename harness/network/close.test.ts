import { once } from "node:events";
import type { Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { endOf, hear, proxied } from "../../testing/harness/proxied.ts";

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

describe("the target's own end is told of,", () => {
  const watched = async () => {
    let told = 0;
    const all = await proxied({ onTargetEnd: () => (told += 1) });
    return { ...all, told: () => told };
  };

  test.each(["FIN", "RST"])("once, when its %s comes", async (how) => {
    const { client, target, told } = await watched();
    const ended = endOf(client);
    if (how === "FIN") target.end();
    else target.resetAndDestroy();
    await ended;
    client.destroy();
    expect(told()).toBe(1);
  });

  test("and not where the client has ended it before", async () => {
    const { client, target, told } = await watched();
    const [targetEnded, clientEnded] = [once(target, "end"), endOf(client)];
    target.resume();
    client.end();
    await targetEnded;
    target.end();
    await clientEnded;
    expect(told()).toBe(0);
  });

  test("nor where the proxy has", async () => {
    const { client, target, proxy, told } = await watched();
    const ended = [once(target, "end"), once(client, "close")];
    target.resume();
    client.resume();
    await proxy.cutter.fin(1_000);
    await ended[0];
    target.end();
    client.end();
    await ended[1];
    await proxy.close();
    expect(told()).toBe(0);
  });
});
