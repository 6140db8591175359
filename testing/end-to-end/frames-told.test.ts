import { expect, onTestFinished, test } from "vitest";
import { ofKind } from "../../harness/history/events/events.ts";
import type { LogRecord } from "../../reference-server/flow/core/events.ts";
import { startReferenceServer } from "../../reference-server/server.ts";
import { openStage } from "../harness/open-stage.ts";

async function serving() {
  const seen: string[] = [];
  const log = (record: LogRecord) => {
    if (record.name === "frame-seen") seen.push(`${record.command} ${JSON.stringify(record.headers)}`);
  };
  const server = await startReferenceServer({ store: ":memory:", probe: true, lingerMs: 100, log });
  onTestFinished(() => server.stop());
  return { seen, ...openStage(server.url) };
}

test("a raw client with `recordsFrames` records each frame as the target receives it", async () => {
  const { seen, stage, history } = await serving();
  const alice = await stage.join("alice", { by: "raw", raw: { recordsFrames: true } });
  await alice.raw.stomp("SUBSCRIBE\nid:a\\cb\ndestination:/topic/\nreceipt:last\n\n\0");
  await alice.raw.stomp("\n");
  await alice.driver.do({ do: "disconnect" });
  await alice.untilClosed();
  const sent = ofKind(history.events, "frame-sent").map(
    ({ actor, command, headers }) => [actor, `${command} ${JSON.stringify(headers)}`] as const,
  );
  expect(sent.map(([, frame]) => frame)).toEqual(seen);
  expect(sent.map(([, frame]) => frame.split(" ")[0])).toEqual([
    "CONNECT",
    "SUBSCRIBE",
    "SEND",
    "SUBSCRIBE",
    "DISCONNECT",
  ]);
  expect(sent[3]).toEqual(["alice", 'SUBSCRIBE {"id":"a:b","destination":"/topic/","receipt":"last"}']);
});

test("other clients record no frames", async () => {
  const { stage, history } = await serving();
  await stage.join("alice", { by: "raw" });
  await stage.join("bob");
  expect(ofKind(history.events, "frame-sent")).toEqual([]);
});

test.for(["harness", "raw", "process"] as const)(
  "whoever connects in the %s has the headers that it is given, beside its own",
  async (by) => {
    const { seen, stage } = await serving();
    await stage.connect("alice", { by, connectHeaders: { umbrella: "carried" } });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatch(/^CONNECT \{.*"umbrella":"carried"/);
    expect(seen[0]).toContain('"accept-version":"1.2');
  },
);
