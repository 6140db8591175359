import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { anyText } from "../../testing/any-text.ts";
import type { MappingStore } from "./mapping-store.ts";
import { openSqliteStore } from "./sqlite-store.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hangup-store-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const mapping = (sessionId: string, clientData: string, ref = sessionId) => ({
  sessionId,
  ref,
  person: clientData,
  clientData,
});

describe("the store", () => {
  it("says who a session was before, and how many sessions each person has", async () => {
    const store = openSqliteStore(":memory:");
    expect(await store.put(mapping("1", "A"))).toEqual({ previous: null, sessions: 1 });
    expect(await store.put(mapping("2", "A"))).toEqual({ previous: null, sessions: 2 });
    expect(await store.put(mapping("1", "B"))).toEqual({
      previous: { ...mapping("1", "A"), sessionsLeft: 1 },
      sessions: 1,
    });
    expect(await store.put(mapping("2", "B"))).toEqual({
      previous: { ...mapping("2", "A"), sessionsLeft: 0 },
      sessions: 2,
    });
    expect(await store.remove("1")).toEqual({ ...mapping("1", "B"), sessionsLeft: 1 });
    expect(await store.remove("1")).toBeNull();
    expect(await store.remove("2")).toEqual({ ...mapping("2", "B"), sessionsLeft: 0 });
    expect(await store.count()).toBe(0);
    await store.close();
  });

  it("lists each ref once, the first to come in front", async () => {
    const store = openSqliteStore(":memory:");
    for (const [sessionId, name, ref] of [
      ["1", "C", "c"],
      ["2", "A", "a"],
      ["3", "C", "c"],
      ["4", "B", "b"],
    ] as const) {
      await store.put(mapping(sessionId, name, ref));
    }
    await store.put(mapping("1", "D", "d"));
    expect(await store.roster()).toEqual([
      { ref: "d", clientData: "D" },
      { ref: "a", clientData: "A" },
      { ref: "c", clientData: "C" },
      { ref: "b", clientData: "B" },
    ]);
    await store.close();
  });

  it("gives back any client data as it was", async () => {
    const store = openSqliteStore(":memory:");
    const data = fc.oneof(anyText, fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true }));
    await fc.assert(
      fc.asyncProperty(data, async (clientData) => {
        await store.put({ sessionId: "1", ref: "r", person: "p", clientData });
        expect((await store.remove("1"))?.clientData).toEqual(clientData);
      }),
    );
    await store.close();
  });

  it("agrees with a map of sessions, whatever the order of operations", async () => {
    const id = fc.constantFrom("1", "2", "3");
    const operation = fc.tuple(id, fc.constantFrom("A", "B", null));
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 12 }), async (operations) => {
        const store = openSqliteStore(":memory:");
        const model = new Map<string, string>();
        const sessionsOf = (name: string) => [...model.values()].filter((other) => other === name).length;
        for (const [sessionId, name] of operations) {
          const before = model.get(sessionId);
          if (name === null) {
            model.delete(sessionId);
            const removed = await store.remove(sessionId);
            expect([removed?.clientData, removed?.sessionsLeft]).toEqual([
              before,
              before && sessionsOf(before),
            ]);
          } else {
            model.set(sessionId, name);
            const stored = await store.put(mapping(sessionId, name));
            expect([stored.previous?.clientData, stored.sessions]).toEqual([before, sessionsOf(name)]);
          }
          expect(await store.count()).toBe(model.size);
        }
        await store.close();
      }),
      { numRuns: 40 },
    );
  });
});

describe("a file", () => {
  const open = (): MappingStore => openSqliteStore(join(folder, "mappings.db"));

  it("keeps what was put, apart from what this run puts: it counts for nothing until it is removed", async () => {
    const first = open();
    await first.put(mapping("1", "A"));
    await first.put(mapping("2", "B"));
    await first.remove("2");
    await first.close();
    const second = open();
    expect(await second.earlierSessions()).toEqual(["1"]);
    expect(await second.roster()).toEqual([]);
    expect(await second.put(mapping("3", "A"))).toEqual({ previous: null, sessions: 1 });
    expect(await second.count()).toBe(2);
    expect(await second.remove("1")).toEqual({ ...mapping("1", "A"), sessionsLeft: 1 });
    expect(await second.earlierSessions()).toEqual([]);
    await second.close();
    const third = open();
    expect(await third.earlierSessions()).toEqual(["3"]);
    await third.close();
  });

  it("belongs to one server at a time", async () => {
    const store = open();
    expect(open).toThrow(/mappings\.db: .*locked.*no other server uses/);
    await store.close();
    await open().close();
  });

  it("that cannot be used is named in the error, with a fix", () => {
    writeFileSync(join(folder, "mappings.db"), "this is no database, and long enough to show it".repeat(100));
    expect(open).toThrow(/mappings\.db: .*Choose a writable file/);
    expect(() => openSqliteStore(join(folder, "nowhere", "x.db"))).toThrow(/Choose a writable file/);
  });
});
