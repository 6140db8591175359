/** A harness with one child client, connected to the port in its arguments and then stopped. Says "stopped", and waits. */
import { startProcessClient } from "../actors/process-driver.ts";

const port = Number(process.argv[2]);
const driver = await startProcessClient(port, () => undefined);
await driver.do({
  do: "connect",
  url: `ws://127.0.0.1:${port}/`,
  transport: "native",
  timeoutMs: 60_000,
  heartbeat: { outgoingMs: 0, incomingMs: 0 },
});
process.once("message", () => {
  if (driver.process === undefined) throw new Error("the client runs in no process of its own");
  process.kill(driver.process.pid, "SIGSTOP");
  process.send?.(driver.process.pid);
});
