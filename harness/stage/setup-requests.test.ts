import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { SetupRequests } from "./setup-requests.ts";
import { parseProfile } from "../profile/profile.ts";

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let body = "";
  for await (const piece of request) body += String(piece);
  return body;
};

interface AdmissionOptions {
  readonly after?: readonly object[];
  readonly onAfterFailed?: (words: string) => void;
  /** Further keys of the profile. */
  readonly more?: object;
}

/** An admission to a server that answers so, with these requests before, and after. */
async function admission(
  before: readonly object[],
  answer: RequestListener,
  { after = [], onAfterFailed, more = {} }: AdmissionOptions = {},
): Promise<SetupRequests> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return new SetupRequests(
    parseProfile({ before, after, ...more }, "the test's profile"),
    new URL(`http://127.0.0.1:${port}/ws`),
    onAfterFailed,
  );
}

test("asks once for each client, case or run, and each request has what the ones before it gave", async () => {
  const seen: string[] = [];
  const before = [
    { per: "run", path: "/site", take: { site: "/id" } },
    { per: "case", path: "/{site}/rooms", take: { place: { header: "x-room" } } },
    {
      path: "/{place}/login",
      form: { user: "{client}" },
      take: { cookie: { cookie: "SID" }, page: { pattern: "hello (\\w+)" } },
    },
  ];
  const admit = await admission(before, (request, response) => {
    void bodyOf(request).then((body) => {
      seen.push(`${request.url ?? ""} ${body}`.trim());
      response
        .setHeader("x-room", `room${seen.length}`)
        .setHeader("set-cookie", `SID=s${seen.length}; Path=/`);
      response.end(request.url === "/site" ? '{"id":7}' : "hello you");
    });
  });
  const both = await Promise.all([admit.valuesFor("alice", "one"), admit.valuesFor("alice", "one")]);
  expect(both[0]).toEqual(both[1]);
  expect(both[0]).toEqual({
    client: "alice",
    room: "one",
    site: "7",
    place: "room2",
    cookie: "s3",
    page: "you",
  });
  await admit.valuesFor("bob", "one");
  await admit.valuesFor("carol", "two");
  expect(seen).toEqual([
    "/site",
    "/7/rooms",
    "/room2/login user=alice",
    "/room2/login user=bob",
    "/7/rooms",
    "/room5/login user=carol",
  ]);
});

test.each<[what: string, request: object, answer: RequestListener, told: RegExp]>([
  [
    "a refusal",
    { path: "/login" },
    (_, response) => response.writeHead(401).end("who are you"),
    /^before\[0\]: POST \/login was answered with 401: who are you/,
  ],
  [
    "a connection that breaks",
    { method: "GET", path: "/login" },
    (request) => request.socket.destroy(),
    /^before\[0\]: GET \/login was not answered/,
  ],
  [
    "an answer without what is to be taken, and none of its secrets",
    { path: "/login", take: { token: "/token" } },
    (_, response) => response.setHeader("content-type", "application/json").end('{"access":"s3cret"}'),
    /^before\[0\]: POST \/login: its answer holds no token at "\/token"; it was 200, application\/json, with the keys access$/,
  ],
  [
    "an endless answer",
    { path: "/login" },
    (_, response) => {
      const timer = setInterval(() => response.write("x".repeat(100_000)), 1);
      response.once("close", () => clearInterval(timer));
    },
    /was not answered: it is longer than 1048576 characters/,
  ],
  [
    "a path that is none",
    { path: "http://" },
    () => undefined,
    /^before\[0\]\.path is no address once filled in/,
  ],
])("%s is told with the request's name", async (_what, request, answer, told) => {
  const admit = await admission([request], answer);
  await expect(admit.valuesFor("alice", "one")).rejects.toThrow(told);
});

test("a status that the profile names is right, also an error's, and another is not", async () => {
  const admit = await admission([{ path: "/users", status: [409] }], (_, response) =>
    response.writeHead(409).end(),
  );
  await expect(admit.valuesFor("alice", "one")).resolves.toEqual({ client: "alice", room: "one" });
});

test("what went wrong once is asked for again", async () => {
  let asked = 0;
  const admit = await admission([{ per: "run", path: "/site" }], (_, response) =>
    response.writeHead((asked += 1) === 1 ? 503 : 200).end(),
  );
  await expect(admit.valuesFor("alice", "one")).rejects.toThrow("503");
  await expect(admit.valuesFor("alice", "one")).resolves.toMatchObject({ client: "alice" });
});

test("asks anew when it is told to forget", async () => {
  let asked = 0;
  const before = [{ per: "run", path: "/site", take: { site: "/id" } }];
  const admit = await admission(before, (_, response) => response.end(`{"id":${(asked += 1)}}`));
  const site = async () => (await admit.valuesFor("alice", "one"))["site"];
  expect([await site(), await site()]).toEqual(["1", "1"]);
  admit.forget();
  expect(await site()).toBe("2");
});

test("after a case, each client is removed with its own values, then the case's, and at last the run's", async () => {
  const seen: string[] = [];
  const before = [
    { per: "run", path: "/site", take: { site: "/id" } },
    { path: "/users/{client}", take: { user: "/id" } },
  ];
  const after = [
    { method: "DELETE", path: "/users/{user}" },
    { method: "DELETE", path: "/rooms/{room}", per: "case" },
    { method: "DELETE", path: "/sites/{site}", per: "run" },
  ];
  const answer: RequestListener = ({ method = "", url = "" }, response) => {
    if (method === "DELETE") seen.push(url);
    response.end(JSON.stringify({ id: url.split("/").at(-1) }));
  };
  const admit = await admission(before, answer, { after });
  await Promise.all([
    admit.valuesFor("alice", "one"),
    admit.valuesFor("alice", "one"),
    admit.valuesFor("bob", "one"),
    admit.valuesFor("carol", "two"),
  ]);
  await admit.afterCase("one");
  expect(seen.slice(0, 2).sort()).toEqual(["/users/alice", "/users/bob"]);
  expect(seen.slice(2)).toEqual(["/rooms/one"]);
  await admit.afterCase("one");
  await admit.dispose();
  await admit.dispose();
  expect(seen.slice(3)).toEqual(["/users/carol", "/rooms/two", "/sites/site"]);
});

test("a client whose log-in is still on its way is removed once that has ended", async () => {
  const seen: string[] = [];
  const answer: RequestListener = ({ method = "", url = "" }, response) => {
    seen.push(`${method} ${url} begins`);
    const end = () => {
      seen.push(`${method} ${url} ends`);
      response.end();
    };
    if (method === "POST") setTimeout(end, 50);
    else end();
  };
  const after = [{ method: "DELETE", path: "/users/{client}" }];
  const admit = await admission([{ path: "/users/{client}" }], answer, { after });
  const values = admit.valuesFor("alice", "one");
  await admit.afterCase("one");
  await values;
  expect(seen.slice(1)).toEqual([
    "POST /users/alice ends",
    "DELETE /users/alice begins",
    "DELETE /users/alice ends",
  ]);
});

test("of a client whose log-in failed, only requests are sent whose names have a value", async () => {
  const seen: string[] = [];
  const before = [{ path: "/users/{client}" }, { path: "/login", take: { token: "/token" } }];
  const after = [
    { path: "/logout", headers: { Authorization: "Bearer {token}" } },
    { method: "DELETE", path: "/users/{client}" },
  ];
  const failures: string[] = [];
  const onAfterFailed = (words: string) => void failures.push(words);
  const answer: RequestListener = ({ method = "", url = "" }, response) => {
    seen.push(`${method} ${url}`);
    response.writeHead(url === "/login" || method === "DELETE" ? 500 : 200).end();
  };
  const admit = await admission(before, answer, { after, onAfterFailed });
  await expect(admit.valuesFor("alice", "one")).rejects.toThrow("500");
  await admit.afterCase("one");
  expect(seen).toEqual(["POST /users/alice", "POST /login", "DELETE /users/alice"]);
  expect(failures).toEqual([
    expect.stringMatching(/^after\[1\]: DELETE \/users\/alice was answered with 500/),
  ]);
});

test("a client keeps the cookies of its answers, also of a redirect, and sends them with its next requests", async () => {
  const seen: string[] = [];
  const before = [
    { method: "GET", path: "/login", take: { csrf: { pattern: 'name="_csrf" value="([^"]+)"' } } },
    { path: "/login", form: { username: "{client}", _csrf: "{csrf}" }, status: [302] },
    { method: "GET", path: "/me" },
  ];
  const admit = await admission(before, (request, response) => {
    void bodyOf(request).then((body) => {
      seen.push(`${request.method} ${request.url} ${request.headers.cookie ?? "-"} ${body}`.trim());
      if (request.url !== "/login") return void response.end();
      const isForm = request.method === "POST";
      response.setHeader(
        "set-cookie",
        `SID=${isForm ? "known" : "stranger"}-${seen.length}; Path=/; HttpOnly`,
      );
      if (isForm) response.writeHead(302, { location: "/" });
      else response.setHeader("content-type", "text/html; charset=utf-8");
      response.end('<input name="_csrf" value="a&#43;b&amp;c">');
    });
  });
  const alice = await admit.possessionsFor("alice", "one");
  expect(alice.cookies).toMatchObject([{ name: "SID", value: "known-2" }]);
  const bob = await admit.possessionsFor("bob", "one");
  expect(bob.cookies).toMatchObject([{ name: "SID", value: "known-5" }]);
  expect(seen).toEqual([
    "GET /login -",
    "POST /login SID=stranger-1 username=alice&_csrf=a%2Bb%26c",
    "GET /me SID=known-2",
    "GET /login -",
    "POST /login SID=stranger-4 username=bob&_csrf=a%2Bb%26c",
    "GET /me SID=known-5",
  ]);
});

test("requests carry the profile's headers and cookies whose values are known, to the target only", async () => {
  const seen: unknown[] = [];
  const answer: RequestListener = ({ headers }, response) => {
    seen.push([headers["x-key"], headers.cookie, headers["authorization"]]);
    response.setHeader("set-cookie", "SID=s; Path=/").end('{"token":"t"}');
  };
  const before: object[] = [
    { path: "/login", take: { token: "/token" } },
    { path: "/rooms", headers: { "X-Key": "own" } },
  ];
  const more = {
    headers: { "X-Key": "let-me-in", Authorization: "Bearer {token}" },
    cookies: { who: "{client}", token: "{token}" },
  };
  const admit = await admission(before, answer, { more });
  await admit.valuesFor("alice", "one");
  expect(seen).toEqual([
    ["let-me-in", "who=alice", undefined],
    ["own", "who=alice; token=t; SID=s", "Bearer t"],
  ]);
  // Another host, such as a log-in service, gets neither.
  const service = new URL("http://127.0.0.1:1/");
  const stranger = createServer(answer).listen(0, "127.0.0.1");
  await once(stranger, "listening");
  onTestFinished(() => void stranger.close());
  service.port = String((stranger.address() as AddressInfo).port);
  const elsewhere = await admission([{ path: service.href, headers: {} }], answer, {
    more: { headers: { "X-Key": "let-me-in" }, cookies: { who: "{client}" } },
  });
  await elsewhere.valuesFor("alice", "one");
  expect(seen.at(-1)).toEqual([undefined, undefined, undefined]);
});

test("cookies of a request for all clients, or for a case, are each client's own afterwards", async () => {
  const before = [{ per: "run", path: "/site" }, { per: "case", path: "/room" }, { path: "/enter" }];
  let asked = 0;
  const cookies: (string | undefined)[] = [];
  const admit = await admission(before, ({ url = "", headers }, response) => {
    if (url === "/enter") cookies.push(headers.cookie);
    response.setHeader("set-cookie", `${url.slice(1)}=${(asked += 1)}; Path=/`).end();
  });
  const names = async (client: string, room: string) =>
    (await admit.possessionsFor(client, room)).cookies.map(({ name, value }) => `${name}=${value}`);
  expect(await names("alice", "one")).toEqual(["site=1", "room=2", "enter=3"]);
  expect(await names("bob", "one")).toEqual(["site=1", "room=2", "enter=4"]);
  expect(await names("carol", "two")).toEqual(["site=1", "room=5", "enter=6"]);
  expect(cookies).toEqual(["site=1; room=2", "site=1; room=2", "site=1; room=5"]);
});
