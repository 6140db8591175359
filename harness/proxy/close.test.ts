import { expect, test } from "vitest";
import { proxied } from "../testing/proxied.ts";

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
