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
}

/** An admission to a server that answers so, with these requests before, and after. */
async function admission(
  before: readonly object[],
  answer: RequestListener,
  { after = [], onAfterFailed }: AdmissionOptions = {},
): Promise<SetupRequests> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return new SetupRequests(
    parseProfile({ before, after }, "the test's profile"),
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
