import { expect, test } from "vitest";
import { endOf, hear, hearAll, proxied } from "../../testing/harness/proxied.ts";
import { knownToSystem } from "./connections.ts";

const limitMs = 5_000;

test("half-close: the target hears FIN, and the client still hears the target, its end as well", async () => {
  const { proxy, client, target } = await proxied();
  client.write("last words");
  const heard = hearAll(target);
  await proxy.passedAfter(proxy.passed, limitMs);
  expect(await proxy.cutter.halfClose(limitMs)).toBe(1);
  expect(await heard).toBe("last words");
  const back = hearAll(client);
  target.end("are you there?");
  expect(await back).toBe("are you there?");
});

test("reset: the system forgets the connection at once; a FIN it would remember", async () => {
  const { proxy, target } = await proxied();
  const [connection] = proxy.connections;
  if (connection === undefined) throw new Error("no connection");
  const known = await knownToSystem([connection]);
  if (known !== undefined) expect(known).toEqual([connection]);
  const end = endOf(target);
  expect(await proxy.cutter.reset(limitMs)).toEqual({ ended: 1, known: known === undefined ? undefined : 0 });
  expect(await end).toBe("ECONNRESET");
});

test("reset: where a FIN leaves in its place, the system still knows the connection", async () => {
  const { proxy, target } = await proxied();
  for (const link of proxy.links) link.target.resetAndDestroy = () => link.target.destroy();
  const known = await knownToSystem(proxy.connections);
  const end = endOf(target);
  expect(await proxy.cutter.reset(limitMs)).toEqual({ ended: 1, known: known?.length });
  expect(await end).toBe("FIN");
});

test("reset behind the actor's back: the actor's end stays open and hears nothing", async () => {
  const { proxy, client, target } = await proxied();
  const heard: string[] = [];
  for (const event of ["data", "end", "error", "close"]) client.on(event, () => heard.push(event));
  const end = endOf(target);
  expect(await proxy.cutter.reset(limitMs, { actorLearns: false })).toMatchObject({ ended: 1 });
  expect(await end).toBe("ECONNRESET");
  const kept = proxy.kept("to-target", limitMs);
  client.write("hello?");
  expect(await kept).toMatchObject({ bytes: 6 });
  expect(heard).toEqual([]);
});

test("cut: the target gets that many bytes of the piece, then FIN; the client's connection ends", async () => {
  const { proxy, client, target } = await proxied();
  const heard = hearAll(target);
  const cut = proxy.cutter.cut("to-target", (piece) => (piece.length > 3 ? 4 : undefined), limitMs);
  client.write("one");
  await proxy.passedAfter(proxy.passed, limitMs);
  client.write("a long piece");
  expect(await cut).toMatchObject({ keptBytes: 4, ofBytes: 12, ended: 1 });
  expect(await heard).toBe("onea lo");
  await endOf(client);
});

test("cut the other way: the client gets nothing of it, the target FIN", async () => {
  const { proxy, client, target } = await proxied();
  const heard = hearAll(client);
  const end = endOf(target);
  const cut = proxy.cutter.cut("from-target", () => 0, limitMs);
  target.write("the answer");
  expect(await cut).toMatchObject({ keptBytes: 0, ofBytes: 10, ended: 1 });
  expect(await end).toBe("FIN");
  client.on("close", () => client.emit("end"));
  expect(await heard).toBe("");
});

test("cut: undefined when no such piece comes", async () => {
  const { proxy, client, target } = await proxied();
  const cut = proxy.cutter.cut("to-target", () => undefined, 20);
  client.write("as it is");
  expect(await hear(target)).toBe("as it is");
  expect(await cut).toBeUndefined();
});

test("cut when idle: each piece of the client's puts it off; then the target hears FIN", async () => {
  const { proxy, client, target } = await proxied();
  const cut = proxy.cutter.cutWhenIdle(40, limitMs);
  const end = endOf(target);
  const there = proxy.passages("to-target", 1, limitMs);
  client.write("x");
  const [piece] = await there;
  const done = await cut;
  expect(done).toMatchObject({ ended: 1, fromTarget: 0 });
  expect(done?.idleForMs).toBeGreaterThanOrEqual(39);
  expect((done?.atMs ?? 0) - (piece?.passedAtMs ?? Infinity)).toBeGreaterThanOrEqual(39);
  expect(await end).toBe("FIN");
});

test("cut when idle: what the target goes on to send does not put it off, and is told of", async () => {
  const { proxy, client, target } = await proxied();
  client.resume();
  const timer = setInterval(() => target.write("."), 5);
  const cut = await proxy.cutter.cutWhenIdle(100, limitMs);
  clearInterval(timer);
  expect(cut).toMatchObject({ ended: 1 });
  expect(cut?.fromTarget).toBeGreaterThan(0);
});

test("cut when idle: not while the client goes on", async () => {
  const { proxy, client, target } = await proxied();
  target.resume();
  const timer = setInterval(() => client.write("."), 5);
  expect(await proxy.cutter.cutWhenIdle(2_000, 50)).toBeUndefined();
  clearInterval(timer);
  expect(proxy.links).toHaveLength(1);
});
