import { startReferenceServer } from "../server.ts";

/** Server in its own process. It answers every message with its memory use in bytes after a garbage collection. */
const { url } = await startReferenceServer();
process.on("message", () => {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ rss, used: heapUsed + external });
});
process.send?.(url);
