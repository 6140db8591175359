/** A harness with one child client, connected to the port in its arguments and then stopped. Says "stopped", and waits. */
import { startProcessClient } from "../../harness/clients/process-driver.ts";
import { bareConnect } from "./bare-connect.ts";

const port = Number(process.argv[2]);
const driver = await startProcessClient(port, () => undefined);
await driver.do(bareConnect(`ws://127.0.0.1:${port}/`, "native", 60_000));
process.once("message", () => {
  if (driver.process === undefined) throw new Error("the client runs in no process of its own");
  process.kill(driver.process.pid, "SIGSTOP");
  process.send?.(driver.process.pid);
});
