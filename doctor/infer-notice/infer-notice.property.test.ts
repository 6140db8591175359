import fc from "fast-check";
import { expect, test } from "vitest";
import { inferNotice } from "./infer-notice.ts";
import { lives, on, readAgain, topic, type SampleNames, type Somebody } from "./sample-lives.ts";

const key = fc.oneof(
  fc.constantFrom("event", "type", "user", "a/b", "~", "", "who", "0", "이름"),
  fc.string({ maxLength: 8 }),
);
const client = fc.oneof(
  fc.string({ minLength: 4, maxLength: 12 }).map((text) => `hangup-${text}`),
  fc.constantFrom("앨리스-77", "a.*b(c)", "\\k<client>", "{client}!", "$&$&", "zoé zoë"),
);
const clients = fc.uniqueArray(client, { minLength: 2, maxLength: 4 });
const nameOf = fc.constantFrom(
  (who: Somebody) => who.client,
  (who: Somebody) => who.sessionId,
  (who: Somebody) => who.userId,
  (who: Somebody) => Number(who.userId),
);
const kinds = fc.constantFrom<readonly [unknown, unknown]>(
  ["join", "leave"],
  ["USER_JOINED", "USER_LEFT"],
  ["connected", "disconnected"],
  ["입장", "퇴장"],
  ["+", "-"],
  [true, false],
  ["ONLINE", "OFFLINE"],
);

/** An object with values at the keys, within objects that the path leads through. */
const nested = (path: readonly string[], inner: unknown): unknown =>
  path.reduceRight<unknown>((value, one) => Object.fromEntries([[one, value]]), inner);

const event = fc
  .record({
    keys: fc.uniqueArray(key, { minLength: 5, maxLength: 5 }),
    path: fc.array(key, { maxLength: 2 }),
    kind: kinds,
    nameOf,
    joins: fc.boolean(),
    topics: fc.boolean(),
  })
  .map(({ keys, path, kind, nameOf: name, joins, topics }): SampleNames => {
    const [one = "", two = "", three = "", four = "", five = ""] = keys;
    const said = (place: 0 | 1) => (who: Somebody) => {
      const inner = { [one]: kind[place], [two]: name(who), [four]: "v1" };
      const message = Object.fromEntries([
        [three, nested(path, inner)],
        [five, `2026-11-22T10:${String(10 + who.place)}:0${String(place)}Z`],
      ]);
      return [topics ? on(`/topic/${String(place)}`, message) : message];
    };
    return joins ? { join: said(0), leave: said(1) } : { leave: said(1) };
  });

const text = fc
  .record({
    words: fc.constantFrom<readonly [string, string]>(
      ["has joined", "has left"],
      ["님 입장", "님 퇴장"],
      ["(+)in.", "(-)out."],
    ),
    prefix: fc.constantFrom("", "*** ", "User "),
    place: fc.constantFrom<"body" | "content" | "json">("body", "content", "json"),
    clock: fc.boolean(),
  })
  .map(({ words, prefix, place, clock }): SampleNames => {
    const said = (which: 0 | 1) => (who: Somebody) => {
      const time = clock ? `10:0${String(who.place)} ` : "";
      const line = `${time}${prefix}${who.client} ${words[which]}`;
      return [
        place === "body" ? line : place === "json" ? JSON.stringify(line) : { type: "SYSTEM", content: line },
      ];
    };
    return { join: said(0), leave: said(1) };
  });

const roster = fc
  .record({
    path: fc.array(key, { maxLength: 2 }),
    entry: fc.array(key, { maxLength: 2 }),
    others: fc.array(
      fc.string({ maxLength: 5 }).map((name) => `other ${name}`),
      { maxLength: 3 },
    ),
    nameOf,
    first: fc.boolean(),
  })
  .map(({ path, entry, others, nameOf: name, first }): SampleNames => {
    const listOf = (names: readonly unknown[]) =>
      nested(
        path,
        names.map((one) => nested(entry, one)),
      );
    const all = (who: Somebody) => (first ? [name(who), ...others] : [...others, name(who)]);
    return {
      before: () => [listOf(others)],
      join: (who) => [listOf(all(who)), listOf(all(who))],
      leave: () => [listOf(others)],
    };
  });

/** What is said meanwhile by others and by clocks. */
const noise = fc.array(
  fc.oneof(
    fc.nat().map((count) => ({ type: "PING", n: count, at: 1_790_000_000_000 + count })),
    fc.nat({ max: 99 }).map((count) => ({ users: count })),
    fc.lorem({ maxCount: 4 }).map((content) => ({ type: "CHAT", sender: "zoe", content })),
    fc.lorem({ maxCount: 4 }).map((content) => `zoe: ${content}`),
  ),
  { maxLength: 3 },
);

const checked = (shape: fc.Arbitrary<SampleNames>, clocks: fc.Arbitrary<readonly unknown[]>) =>
  fc.property(shape, clients, fc.infiniteStream(clocks), (quiet, names, streams) => {
    const said = (part: SampleNames["join"]) => (who: Somebody) => {
      const around = streams.next().value as readonly unknown[];
      return [...around.slice(0, 1), ...(part?.(who) ?? []), ...around.slice(1)];
    };
    const noisy = { before: said(quiet.before), join: said(quiet.join), leave: said(quiet.leave) };
    const watched = lives(noisy, names);
    const found = inferNotice(watched);
    expect(found.notice, found.unknown.join("\n")).toBeDefined();
    for (const { named, before, identified, ended } of readAgain(found, watched)) {
      const leaves = (notices: typeof before) =>
        notices.filter((one) => one.event === "leave").map((one) => one.client);
      expect([leaves(before), leaves(identified), leaves(ended)]).toEqual([[], [], [named]]);
    }
  });

test("events of any shape are read of the right one, and no noise is read as a leave", () => {
  fc.assert(checked(event, noise), { numRuns: 150 });
});

test("so are texts", () => {
  fc.assert(checked(text, noise), { numRuns: 100 });
});

test("so are rosters", () => {
  fc.assert(checked(roster, noise), { numRuns: 100 });
});

test("whatever is heard, an answer comes, and a profile is valid that has it", () => {
  const said = fc.array(fc.oneof(fc.json({ maxDepth: 3 }), fc.string(), fc.constant("[".repeat(5_000))), {
    maxLength: 4,
  });
  const life = fc.record({ before: said, join: said, leave: said });
  fc.assert(
    fc.property(life, clients, ({ before, join, leave }, names) => {
      const watched = lives({ before: () => before, join: () => join, leave: () => leave }, names);
      const found = inferNotice(watched);
      expect(found.topics).toEqual(found.notice === undefined ? [] : [topic]);
      if (found.notice === undefined) expect(found.unknown).not.toEqual([]);
      else readAgain(found, watched);
    }),
    {
      numRuns: 150,
      // Words in braces that are the target's own are no template's.
      examples: [[{ before: [], join: ["{AA}"], leave: ["AA"] }, ["hangup-    ", "앨리스-77"]]],
    },
  );
});
