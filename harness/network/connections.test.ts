import { describe, expect, test } from "vitest";
import { endOf, hearAll, proxied, type Proxied } from "../../testing/harness/proxied.ts";
import { halfOpen, knownToSystem, type Connection } from "./connections.ts";

const limitMs = 5_000;

const connectionOf = ({ proxy }: Proxied): Connection => {
  const [connection] = proxy.connections;
  if (connection === undefined) throw new Error("no connection");
  return connection;
};

describe.skipIf((await knownToSystem([])) === undefined)(
  "a connection is half open, by the system's own table,",
  () => {
    test("from its FIN to the other end's, and as long as somebody reads it", async () => {
      const both = await proxied();
      const connection = connectionOf(both);
      expect(await halfOpen([connection])).toEqual([]);
      const heard = hearAll(both.target);
      await both.proxy.cutter.halfClose(limitMs);
      expect(await halfOpen([connection])).toEqual([connection]);
      expect(await heard).toBe("");
      expect(await halfOpen([connection])).toEqual([connection]);
      const end = endOf(both.client);
      both.target.end();
      expect(await end).toBe("FIN");
      expect(await halfOpen([connection])).toEqual([]);
    });

    test("not when it was closed for good, which looks the same to the other end", async () => {
      const both = await proxied();
      const connection = connectionOf(both);
      const end = endOf(both.target);
      const [link] = both.proxy.links;
      link?.target.destroy();
      expect(await end).toBe("FIN");
      expect(await knownToSystem([connection])).toEqual([connection]);
      expect(await halfOpen([connection])).toEqual([]);
    });

    test("and nobody else's is", async () => {
      const [one, other] = [await proxied(), await proxied()];
      const connections = [connectionOf(one), connectionOf(other)];
      await one.proxy.cutter.halfClose(limitMs);
      expect(await halfOpen(connections)).toEqual(connections.slice(0, 1));
    });
  },
);
