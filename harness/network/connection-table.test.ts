import { setTimeout } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { describe, expect, onTestFinished, test, vi, type MockInstance } from "vitest";
import { proxied } from "../../testing/harness/proxied.ts";
import { entriesOf } from "./connection-table.ts";
import { knownToSystem } from "./connections.ts";

/** Counts the reads from now on: each message to the thread is one. */
function countReads(): MockInstance<Worker["postMessage"]> {
  const reads = vi.spyOn(Worker.prototype, "postMessage");
  onTestFinished(() => reads.mockRestore());
  return reads;
}

describe.skipIf((await entriesOf([])) === undefined)("the system's table", () => {
  test("is read twice for any number of lookups at the same time, and each gets its own answer", async () => {
    const { proxy } = await proxied();
    const nowhere = { localPort: 1, remotePort: 1 };
    const reads = countReads();
    const lookups = Array.from({ length: 100 }, (_, place) =>
      entriesOf(place % 2 === 0 ? proxy.connections : [nowhere, ...proxy.connections, nowhere]),
    );
    const entry = { state: "01", isHeld: true };
    expect(await Promise.all(lookups)).toEqual(
      lookups.map((_, place) => (place % 2 === 0 ? [entry] : [undefined, entry, undefined])),
    );
    expect(reads).toHaveBeenCalledTimes(2);
  });

  test("is not read while nobody waits", async () => {
    const reads = countReads();
    await entriesOf([]);
    await setTimeout(100);
    expect(reads).toHaveBeenCalledTimes(1);
  });

  test("tells of a reset by a read that began after it, also while another read is going on", async () => {
    const reads = countReads();
    for (let round = 0; round < 20; round += 1) {
      const { proxy } = await proxied();
      const { connections } = proxy;
      reads.mockClear();
      const earlier = knownToSystem(connections);
      for (const { target } of proxy.links) target.resetAndDestroy();
      const later = knownToSystem(connections);
      expect(reads).toHaveBeenCalledTimes(1);
      await earlier;
      expect(await later).toEqual([]);
      expect(reads).toHaveBeenCalledTimes(2);
    }
  });

  test("a thread that fails is an error of the lookups that wait, and the next lookup starts another", async () => {
    const { proxy } = await proxied();
    const reads = countReads().mockImplementationOnce(function (this: Worker) {
      this.emit("error", new Error("out of memory"));
      void this.terminate();
    });
    await expect(entriesOf(proxy.connections)).rejects.toThrow("out of memory");
    expect(await entriesOf(proxy.connections)).toMatchObject([{ isHeld: true }]);
    expect(reads).toHaveBeenCalledTimes(2);
  });
});
