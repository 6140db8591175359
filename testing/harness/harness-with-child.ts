/** Starts one child client, connects it to the port in the arguments, and stops it by SIGSTOP when told. Sends its process id. */
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
