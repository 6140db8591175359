import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyText } from "../../testing/any-text.ts";
import { personOf, readIdentify } from "./identify-message.ts";
import type { ClientData } from "./identify-message.ts";

const jsonObject = fc
  .dictionary(
    fc.string().filter((key) => key !== "__proto__"),
    fc.jsonValue({ maxDepth: 2, noUnicodeString: false }),
  )
  .map((value) => JSON.parse(JSON.stringify(value)) as ClientData);
const clientData = fc
  .oneof(
    anyText.filter((text) => text !== ""),
    jsonObject,
  )
  .filter((data) => !JSON.stringify(data).includes("__proto__"));

describe("readIdentify", () => {
  it("reads any string or object as client data, with every kind of Unicode", () => {
    fc.assert(
      fc.property(clientData, (data) => {
        expect(readIdentify(JSON.stringify({ clientData: data }))).toEqual({
          clientData: data,
          claimedSessionId: null,
        });
      }),
    );
    expect(readIdentify('{"clientData":"홍길동 👩‍👩‍👧 \\ud800"}')).toEqual({
      clientData: "홍길동 👩‍👩‍👧 \ud800",
      claimedSessionId: null,
    });
  });

  it("reads the session id that the client believes to have", () => {
    expect(readIdentify('{"sessionId":"abc","clientData":"A"}')).toEqual({
      clientData: "A",
      claimedSessionId: "abc",
    });
    expect(readIdentify('{"sessionId":null,"clientData":"A"}')).toEqual({
      clientData: "A",
      claimedSessionId: null,
    });
  });

  it("looks at nothing else in the message", () => {
    expect(readIdentify('{"clientData":{"name":"A"},"more":1}')).toMatchObject({ clientData: { name: "A" } });
  });

  it("says what is wrong with anything else", () => {
    const notAnObject = /^identify must be a JSON object without __proto__ keys$/;
    for (const body of ["", "x", "{", "[]", '["clientData"]', "1", '"A"', "null", "true"]) {
      expect(readIdentify(body), body).toMatch(notAnObject);
    }
    for (const body of [
      "{}",
      '{"clientData":""}',
      '{"clientData":1}',
      '{"clientData":null}',
      '{"clientData":[]}',
      '{"clientData":true}',
    ]) {
      expect(readIdentify(body), body).toMatch(
        /^identify: clientData must be a non-empty string or an object$/,
      );
    }
    for (const id of ["1", "{}", "[]", "true"]) {
      expect(readIdentify(`{"clientData":"A","sessionId":${id}}`)).toMatch(
        /^identify: sessionId must be a string/,
      );
    }
  });

  it("takes no __proto__ key, however deep", () => {
    expect(readIdentify('{"clientData":"A","__proto__":{"clientData":"B"}}')).toMatch(/__proto__/);
    expect(readIdentify('{"clientData":{"a":[{"__proto__":1}]}}')).toMatch(/__proto__/);
    expect(readIdentify('{"__proto__":{"clientData":"B"}}')).toMatch(/__proto__/);
  });

  it("takes no more than 8192 characters", () => {
    const body = (length: number) =>
      JSON.stringify({ clientData: "x".repeat(length - '{"clientData":""}'.length) });
    expect(readIdentify(body(8192))).toMatchObject({ claimedSessionId: null });
    expect(readIdentify(body(8193))).toMatch(/^identify may have at most 8192 characters$/);
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (body) => void readIdentify(body)));
  });
});

describe("personOf", () => {
  it("is equal for equal client data, in whatever order its keys stand", () => {
    const one = { name: "A", roles: [{ a: 1, b: null }, "x"], ok: true };
    const other = { ok: true, roles: [{ b: null, a: 1 }, "x"], name: "A" };
    expect(personOf(one)).toBe(personOf(other));
    expect(personOf(one)).toBe('{"name":"A","ok":true,"roles":[{"a":1,"b":null},"x"]}');
  });

  it("differs for different client data", () => {
    fc.assert(
      fc.property(clientData, clientData, (one, other) => {
        const isSame = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        expect(personOf(one) === personOf(other)).toBe(isSame);
      }),
    );
  });
});

/** The same value with its keys in order, made another way. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.keys(value)
    .sort()
    .map((key) => [key, sorted(Reflect.get(value, key))]);
}
