import { once } from "node:events";
import { connect, createServer } from "node:net";
import { Proxy } from "./proxy.ts";

/** How often a byte is sent through the proxy and back. */
const samplePeriodMs = 50;

/**
 * Sends a byte through a proxy like every actor's, to an echo and back, all through a run, and tells how long each took:
 * how late the harness's own part of the way makes everything that goes through it.
 * @param tell is called with each round trip's duration in milliseconds
 * @returns what ends it
 */
export async function measureRoundTrips(
  now: () => number,
  tell: (roundTripMs: number) => void,
): Promise<() => Promise<void>> {
  const echo = createServer((socket) => socket.on("error", () => socket.destroy()).pipe(socket));
  echo.listen(0, "127.0.0.1");
  await once(echo, "listening");
  const address = echo.address();
  if (address === null || typeof address === "string") throw new Error("the echo has no port");
  const proxy = await Proxy.listen({ host: "127.0.0.1", port: address.port }, now);
  const socket = connect({ host: "127.0.0.1", port: proxy.port, noDelay: true });
  let sentMs: number | undefined;
  socket.on("error", () => socket.destroy());
  socket.on("data", () => {
    if (sentMs !== undefined) tell(now() - sentMs);
    sentMs = undefined;
  });
  await once(socket, "connect");
  const timer = setInterval(() => {
    // One that is still under way is told of, with its whole duration, when it is back.
    if (sentMs !== undefined) return;
    sentMs = now();
    socket.write(".");
  }, samplePeriodMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    socket.destroy();
    await proxy.close();
    echo.close();
    await once(echo, "close");
  };
}
