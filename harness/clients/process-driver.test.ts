import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { canDieWithParent, startProcessClient } from "./process-driver.ts";

const parent = fileURLToPath(new URL("../../testing/harness/harness-with-child.ts", import.meta.url));

test.skipIf(!(await canDieWithParent()))("a stopped child is gone when its harness is killed", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const harness = fork(parent, [String(port)], { execArgv: ["--import", "tsx"] });
  onTestFinished(() => void harness.kill("SIGKILL"));
  // A stopped process keeps its connection. So does a system for one, but not for a process that is gone.
  const [connection] = (await once(server, "connection")) as [Socket];
  connection.on("error", () => undefined).resume();
  const gone = once(connection, "close");
  harness.send("stop it");
  const [pid] = (await once(harness, "message")) as [number];
  onTestFinished(() => killIfThere(pid));
  harness.kill("SIGKILL");
  await gone;
  expect(connection.destroyed).toBe(true);
});

test("a child that is told to end does, also when it is stopped", async () => {
  const driver = await startProcessClient(1, () => undefined);
  const { pid, ended } = driver.process ?? { pid: 0, ended: Promise.resolve("none") };
  process.kill(pid, "SIGSTOP");
  await driver.dispose();
  expect(await ended).toBe("SIGKILL");
});

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It is gone, as it should be.
  }
}
