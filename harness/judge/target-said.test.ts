import fc from "fast-check";
import { expect, test } from "vitest";
import { timelineOf } from "../../testing/records/build.ts";
import type { NewEvent } from "../history/events/events.ts";
import { saidIn, targetSaid } from "./target-said.ts";

const connected = (headers: Partial<Extract<NewEvent, { kind: "connected" }>>): NewEvent => ({
  kind: "connected",
  actor: "alice",
  version: "1.2",
  clientHeartbeatMs: 0,
  serverHeartbeatMs: 0,
  ...headers,
});

test("the record keeps what CONNECTED said, each value once, and nothing of older histories", () => {
  const plain = connected({ offered: "0,0", heartBeat: "0,0" });
  const beating = connected({ offered: "10000,10000", heartBeat: "0,0", server: "RabbitMQ/4.1" });
  const histories = [timelineOf([1, plain], [2, beating]), timelineOf([1, plain], [2, connected({})])];
  expect(saidIn(histories)).toEqual({
    heartBeats: [
      { offered: "0,0", answered: "0,0" },
      { offered: "10000,10000", answered: "0,0" },
    ],
    servers: ["RabbitMQ/4.1"],
  });
});

test("a target that says something else each time fills no record", () => {
  fc.assert(
    fc.property(fc.array(fc.record({ heartBeat: fc.string(), server: fc.string() })), (headers) => {
      const events = headers.map((one, place) => [place, connected({ offered: "0,0", ...one })] as const);
      const said = saidIn([timelineOf(...events)]);
      expect(targetSaid.parse(said)).toEqual(said);
      expect(said.heartBeats.length).toBeLessThanOrEqual(5);
      expect(said.servers.length).toBeLessThanOrEqual(5);
    }),
  );
});
