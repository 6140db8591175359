import { expect, test } from "vitest";
import { parseProfile } from "./profile.ts";
import { learnProfile, maskedAddress, maskedProfile } from "./profile-secrets.ts";

const given = {
  name: "chat of pepper-0",
  url: "http://worker:pepper-0@chat.example/ws?token=pepper-1&pepper-2",
  query: { access_token: "pepper-3", user: "{client}" },
  headers: { Authorization: "Bearer pepper-4", "X-Short": "1" },
  cookies: { SESSION: "pepper-5-{client}" },
  before: [
    {
      path: "/login?key=pepper-6",
      headers: { "X-Key": "pepper-7" },
      json: { user: "{client}", deep: [{ pin: 123456, password: "pepper-8" }], none: null },
      take: { token: "/token" },
    },
    { path: "/form", form: { password: "pepper-9" } },
  ],
  after: [
    {
      path: "/users/{client}?key=pepper-13",
      headers: { "X-Key": "pepper-14" },
      json: { password: "pepper-15" },
    },
    { path: "/form", form: { password: "pepper-16" } },
  ],
  stomp: { headers: { login: "{client}", passcode: "pepper-10", token: "{token}" } },
  identify: { destination: "/ws", body: { key: "pepper-10" }, headers: { "x-key": "pepper-11" } },
  start: { command: "serve --key pepper-12", env: { KEY: "pepper-12" } },
};

test("a profile is shown with its structure, and without its secrets", () => {
  const profile = parseProfile(given, "the test");
  learnProfile(given);
  const shown = maskedProfile(profile);
  expect(JSON.stringify(shown)).not.toMatch(/pepper|Bearer|123456|worker/);
  expect(shown).toMatchObject({
    url: "http://chat.example/ws?token=***&***",
    query: { access_token: "***", user: "{client}" },
    headers: { Authorization: "***", "X-Short": "***" },
    cookies: { SESSION: "***{client}" },
    before: [
      {
        path: "/login?key=***",
        json: { user: "{client}", deep: [{ pin: "***", password: "***" }], none: null },
        take: { token: "/token" },
      },
      { form: { password: "***" } },
    ],
    after: [
      { path: "/users/{client}?key=***", headers: { "X-Key": "***" }, json: { password: "***" } },
      { form: { password: "***" } },
    ],
    stomp: { headers: { login: "{client}", passcode: "***", token: "{token}" } },
    start: { env: { KEY: "***" } },
    topic: "/topic/",
    notice: profile.notice,
  });
  expect(parseProfile(JSON.parse(JSON.stringify(shown)), "what is stored")).toMatchObject({
    topic: "/topic/",
  });
});

test("a profile that identifies by a function can be read again", () => {
  const identify = { by: "connect" as const };
  const profile = parseProfile(
    {
      url: "http://h/ws",
      query: { token: ({ client = "" }: Readonly<Record<string, string>>) => `pepper-${client}` },
      identify,
    },
    "the test",
  );
  const stored: unknown = JSON.parse(JSON.stringify(maskedProfile(profile)));
  expect(parseProfile(stored, "what is stored").query).toEqual({ token: "***{client}" });
});

test.each([
  ["http://h/ws", "http://h/ws"],
  ["http://u:p@h:1/ws?a=b&c#d", "http://h:1/ws?a=***&***"],
  ["/path?key={token}&n=x{client}", "/path?key={token}&n=***{client}"],
  ["/path@home", "/path@home"],
])("the address %s is shown as %s", (address, shown) => {
  expect(maskedAddress(address)).toBe(shown);
});
