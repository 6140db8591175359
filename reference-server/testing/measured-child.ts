import { startReferenceServer } from "../server.ts";

/** A server in a process of its own that answers every message with its memory in bytes, freed of garbage. */
const { url } = await startReferenceServer();
process.on("message", () => {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ rss, used: heapUsed + external });
});
process.send?.(url);
