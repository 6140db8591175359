import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { losePackets, whyNoPacketLoss } from "./packet-loss.ts";
import { hear, proxied } from "../../testing/harness/proxied.ts";

const unmet = whyNoPacketLoss();
const tablesOf = (pid: number) =>
  String(execFileSync("nft", ["list", "tables"]))
    .split("\n")
    .filter((line) => line.includes(`hangup_${pid}_`));

afterEach(() => void vi.unstubAllEnvs());

test("where nft is missing, it says so and what to do", () => {
  vi.stubEnv("PATH", "");
  expect(whyNoPacketLoss()).toMatch(/needs (nft, of the package nftables|Linux)$/);
});

describe.skipIf(unmet !== undefined)("packet loss", () => {
  test("the kernel drops what one connection sends, both ways, and says so; no other suffers", async () => {
    const [lossy, sound] = [await proxied(), await proxied()];
    const loss = await losePackets(lossy.proxy.connections);
    onTestFinished(loss.stop);
    expect(await loss.dropped()).toBe(0);
    const heard: string[] = [];
    lossy.target.on("data", () => heard.push("target"));
    lossy.client.on("data", () => heard.push("client"));
    const { passed } = lossy.proxy;
    lossy.client.write("lost");
    lossy.target.write("lost");
    await lossy.proxy.passedAfter(passed, 5000);
    const other = hear(sound.target);
    sound.client.write("heard");
    expect(await other).toBe("heard");
    expect(await loss.dropped()).toBeGreaterThanOrEqual(2);
    expect(heard).toEqual([]);
  });

  test("when it is over nothing is left of it, and TCP brings what was sent", async () => {
    const { proxy, client, target } = await proxied();
    const loss = await losePackets(proxy.connections);
    expect(tablesOf(process.pid)).toHaveLength(1);
    const { passed } = proxy;
    client.write("late");
    await proxy.passedAfter(passed, 5000);
    await loss.stop();
    expect(tablesOf(process.pid)).toEqual([]);
    expect(await hear(target)).toBe("late");
  });

  test("a rule that the kernel does not take is told of, and nothing is left", async () => {
    const nonsense = { localAddress: "nowhere", localPort: 1, remoteAddress: "127.0.0.1", remotePort: 1 };
    await expect(losePackets([nonsense])).rejects.toThrow(/nft did not take the rules: /);
    expect(tablesOf(process.pid)).toEqual([]);
  });

  test("a harness that is killed leaves no rule behind", async () => {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const program = fileURLToPath(new URL("../../testing/harness/packet-loss-child.ts", import.meta.url));
    const port = String((server.address() as AddressInfo).port);
    const accepted = once(server, "connection") as Promise<[Socket]>;
    const harness = spawn(process.execPath, ["--import", "tsx", program, port], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => {
      harness.kill("SIGKILL");
      server.close();
    });
    const pid = harness.pid ?? 0;
    const [socket] = await accepted;
    await once(harness.stdout, "data");
    expect(tablesOf(pid)).toHaveLength(1);
    harness.kill("SIGKILL");
    // Its system ends the connection, which shows as soon as packets get through again.
    socket.resume();
    await once(socket, "end");
    expect(tablesOf(pid)).toEqual([]);
  });
});
