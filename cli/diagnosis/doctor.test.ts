import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { ProfileInput } from "../../harness/profile/profile.ts";
import { givenProfile, type DoctorOptions } from "./doctor.ts";

const usualBody = { sessionId: "{sessionId}", clientData: "{client}" };
const identify = { destination: "/app/hello", body: { who: "{client}" }, confirmed: "receipt" } as const;

test.for<[string, ProfileInput, DoctorOptions, ProfileInput]>([
  ["no option", { identify, graceMs: 5 }, {}, { identify, graceMs: 5 }],
  [
    "a destination keeps the given body",
    { identify },
    { identify: "/app/hi" },
    { identify: { ...identify, destination: "/app/hi" } },
  ],
  [
    "a body keeps the given destination",
    { identify },
    { body: '{"me":"{client}"}' },
    { identify: { ...identify, body: { me: "{client}" } } },
  ],
  [
    "a destination alone gets the usual body",
    {},
    { identify: "/app/hi" },
    { identify: { destination: "/app/hi", body: usualBody } },
  ],
  [
    "a message replaces another way",
    { identify: { by: "connect" } },
    { identify: "/a", body: "hi" },
    { identify: { destination: "/a", body: "hi" } },
  ],
  [
    "an address replaces the given one",
    { url: "http://a/ws", identify },
    { url: "http://b/ws" },
    { url: "http://b/ws", identify },
  ],
])("the known part of a profile: %s", async ([, given, options, expected]) => {
  const folder = mkdtempSync(join(tmpdir(), "hangup-given-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const profile = join(folder, "profile.json");
  writeFileSync(profile, JSON.stringify(given));
  expect(await givenProfile({ ...options, profile })).toEqual(expected);
});

test("a body without a destination is refused", async () => {
  await expect(givenProfile({ body: "hi", url: "http://a/ws" })).rejects.toThrow("--body needs --identify");
});
