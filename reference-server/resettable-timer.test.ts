import { createServer } from "node:net";
import { connect } from "node:net";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { ResettableTimer } from "./resettable-timer.ts";

describe("ResettableTimer", () => {
  const rings = (delayMs: number) =>
    new Promise<number>((resolve) => {
      const startMs = performance.now();
      new ResettableTimer().set(delayMs, () => resolve(performance.now() - startMs));
    });

  it("fires after the delay", async () => {
    expect(await rings(30)).toBeGreaterThan(28);
    await rings(-5);
  });

  it("fires once, for the last call, and not after clear", async () => {
    const timer = new ResettableTimer();
    const rung: string[] = [];
    timer.set(1, () => rung.push("first"));
    timer.set(5, () => rung.push("second"));
    const cleared = new ResettableTimer();
    cleared.set(1, () => rung.push("cleared"));
    cleared.clear();
    await rings(30);
    expect(rung).toEqual(["second"]);
  });

  it("accepts delays longer than a Node timer's limit", async () => {
    const timer = new ResettableTimer();
    let rung = false;
    timer.set(1e12, () => (rung = true));
    await rings(10);
    expect(rung).toBe(false);
    timer.clear();
  });

  it("reads data that has arrived before it fires, even after the process was held up", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const client = connect(port, "127.0.0.1");
    const [socket] = (await once(server, "connection")) as [NodeJS.ReadableStream];
    const heard: string[] = [];
    const done = new Promise<void>((resolve) => {
      socket.on("data", () => heard.push("data"));
      client.write("x", () => {
        new ResettableTimer().set(5, () => {
          heard.push("timer");
          resolve();
        });
        const until = performance.now() + 30;
        while (performance.now() < until);
      });
    });
    await done;
    expect(heard).toEqual(["data", "timer"]);
    client.destroy();
    server.close();
  });
});
