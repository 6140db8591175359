import { expect, it, onTestFinished } from "vitest";
import { defaultComponents } from "../../reference-server/components.ts";
import { startReferenceServer } from "../../reference-server/server.ts";
import { StompClient, join } from "../../reference-server/testing/stomp-client.ts";
import { servers, type BenchServerName } from "./servers.ts";

async function start(name: BenchServerName): Promise<string> {
  const server = await startReferenceServer({ lingerMs: 50 }, servers[name].mutate(defaultComponents));
  onTestFinished(() => server.stop());
  return server.url;
}

/** Resolves to the next leave that the client receives, and the time until then in milliseconds. */
function nextLeave({ socket }: StompClient): Promise<{ readonly text: string; readonly afterMs: number }> {
  const startedMs = performance.now();
  return new Promise((resolve) =>
    socket.on("message", (data: Buffer) => {
      const text = data.toString();
      if (text.includes('"event":"leave"')) resolve({ text, afterMs: performance.now() - startedMs });
    }),
  );
}

it("late-leaves announces a leave after 6 s", async () => {
  const url = await start("late-leaves");
  const observer = await join(url, "bob");
  const leaver = await join(url, "alice");
  const leave = nextLeave(observer);
  leaver.socket.close();
  const { text, afterMs } = await leave;
  expect(text).toContain("alice");
  expect(afterMs).toBeGreaterThan(5_900);
});

it.each(["correct", "unnamed-leaves"] as const)(
  "%s announces ends of unidentified sessions as described",
  async (name) => {
    const url = await start(name);
    const observer = await join(url, "bob");
    const leave = nextLeave(observer);
    const unidentified = await StompClient.open(url);
    await unidentified.connect();
    unidentified.socket.close();
    const identified = await join(url, "alice");
    identified.socket.close();
    const { text } = await leave;
    expect(text).toContain(name === "correct" ? '"clientData":"alice"' : '"clientData":""');
  },
);

it("slow-answers answers an HTTP request after 300 ms", async () => {
  const url = await start("slow-answers");
  const startedMs = performance.now();
  const answer = await fetch(`${url}/info`, { headers: { connection: "close" } });
  await answer.text();
  expect(answer.status).toBe(200);
  // A timer may fire 1 ms early.
  expect(performance.now() - startedMs).toBeGreaterThan(298);
});

it("slow-answers answers a handshake after 300 ms", async () => {
  const url = await start("slow-answers");
  const startedMs = performance.now();
  const client = await StompClient.open(url);
  expect(performance.now() - startedMs).toBeGreaterThan(298);
  client.socket.close();
});

it("drops-connections drops every tenth connection, of either kind", async () => {
  const url = await start("drops-connections");
  const open = async (n: number): Promise<string> => {
    try {
      if (n % 2 === 0) {
        const client = await StompClient.open(url);
        client.socket.close();
      } else await (await fetch(`${url}/info`, { headers: { connection: "close" } })).text();
      return "answered";
    } catch {
      return "dropped";
    }
  };
  const results: string[] = [];
  for (let n = 1; n <= 20; n += 1) results.push(await open(n));
  expect(results.flatMap((result, index) => (result === "dropped" ? [index + 1] : []))).toEqual([10, 20]);
});
