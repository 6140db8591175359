import { once } from "node:events";
import { connect, createServer } from "node:net";
import { Proxy } from "./proxy.ts";

/** Time between two round trips, in milliseconds. */
const samplePeriodMs = 50;

/**
 * Sends bytes through a proxy to an echo server and back during a run, and measures each round trip: the delay that the
 * harness itself adds.
 * @param note called with each round trip's duration in milliseconds
 * @returns function that ends the measurement
 */
export async function measureRoundTrips(
  now: () => number,
  note: (roundTripMs: number) => void,
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
    if (sentMs !== undefined) note(now() - sentMs);
    sentMs = undefined;
  });
  await once(socket, "connect");
  const timer = setInterval(() => {
    // A byte that is still on its way is noted with its whole duration when it is back.
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
