import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import type { ProfileInput } from "../../harness/profile/profile.ts";
import { ended, folder, hangup, recordIn, start, type CommandResult } from "../../testing/cli/hangup.ts";
import type { SampleSession } from "../../testing/sample-servers/server/application.ts";
import { startServer, type ServerOptions } from "../../testing/sample-servers/server/start-server.ts";
import { writeFrame } from "../../testing/sample-servers/server/stomp.ts";

/** Every secret begins with this, so that half a one is found, too. */
const mark = "s3cr3t-";
/** A value with everything in it that some writing escapes. */
const secret = (place: string) => `${mark}${place}/+=&%:"`;

/** Gives back what each client has ever said, in every writing, wherever a server can. */
interface Reflecting {
  readonly url: string;
  /** From the next session on, CONNECT is answered with an ERROR and a close that quote it; a log-in with 401. */
  refuses: "nobody" | "connect" | "log-in";
  readonly tellsTwice: boolean;
}

async function startReflecting(tellsTwice = false): Promise<Reflecting> {
  const self: { -readonly [Key in keyof Reflecting]: Reflecting[Key] } = {
    url: "",
    refuses: "nobody",
    tellsTwice,
  };
  const logIns: string[] = [];
  const logIn: RequestListener = (request, response) => {
    let body = "";
    request.on("data", (bytes: Buffer) => (body += String(bytes)));
    request.on("end", () => {
      const said = [request.url ?? "", request.rawHeaders.join(), body].join(" ");
      logIns.push(said);
      response.writeHead(self.refuses === "log-in" ? 401 : 200, {
        "set-cookie": `sid=${secret("set-cookie")}`,
      });
      const answer = { token: secret("token"), userId: `${mark}user-${logIns.length}` };
      response.end(self.refuses === "log-in" ? `no luck: ${inEveryWriting([said])}` : JSON.stringify(answer));
    });
  };
  const saidBy = new Map<SampleSession, string[]>();
  let refused = 0;
  const onFrame: ServerOptions["onFrame"] = (command, session, _answer, text) => {
    const { socket, handshake } = session;
    const said = saidBy.get(session) ?? [
      handshake.url ?? "",
      handshake.rawHeaders.join(),
      ...logIns.slice(-1),
    ];
    saidBy.set(session, said);
    said.push(text);
    if (command !== "CONNECT" || self.refuses !== "connect") return false;
    if ((refused += 1) % 2 === 0) socket.send(writeFrame("ERROR", { message: inEveryWriting(said) }));
    socket.close(1008, `${"x".repeat(100)}${secret("stomp-passcode")}${secret("query")}`.slice(0, 123));
    return true;
  };
  const { url, close } = await startServer(
    ({ tell }) => {
      const announce = (event: string, session: SampleSession) =>
        tell("/topic/", {
          event,
          clientData: session.client,
          cause: inEveryWriting(saidBy.get(session) ?? []),
        });
      const identify = (session: SampleSession, name: string | undefined) => {
        if (name === undefined || session.client !== undefined) return;
        session.client = name;
        announce("join", session);
      };
      return {
        subscribe: (session, headers) => identify(session, headers["name"]),
        send: (session, _destination, body) =>
          identify(session, /"clientData":"(.*?)"/.exec(body)?.[1] ?? body),
        end(session) {
          for (let times = tellsTwice ? 2 : 1; session.client !== undefined && times > 0; times -= 1)
            announce("leave", session);
        },
      };
    },
    { transport: "native", path: "/ws", answers: logIn, onFrame, heartbeats: { answer: [0, 0] } },
  );
  onTestFinished(close);
  self.url = `${url.href}?key=${encodeURIComponent(secret("url"))}`;
  return self;
}

const inEveryWriting = (said: readonly string[]): string => {
  const text = said.join(" ").replaceAll(/[\n\r\0]/g, " ");
  return [text, encodeURIComponent(text), JSON.stringify(text), Buffer.from(text).toString("base64")].join(
    " ",
  );
};

const profileOf = (more: ProfileInput): ProfileInput => ({
  url: "ws://127.0.0.1:1/ws",
  transport: "native",
  heartbeatMs: 0,
  deadlines: { endedMs: 300 },
  query: { access_token: secret("query"), each: `${mark}query-{client}` },
  headers: {
    "X-Key": secret("header"),
    Authorization: `Basic ${Buffer.from(`${mark}basic-user:${mark}basic-password`).toString("base64")}`,
  },
  cookies: { SESSION: secret("cookie").replace('"', "") },
  before: [
    {
      path: `/log-in?key=${encodeURIComponent(secret("before-query"))}`,
      headers: { "X-Before": secret("before-header") },
      json: { user: "{client}", deep: [{ password: secret("before-json") }] },
      take: { token: "/token", userId: "/userId" },
    },
    { path: "/form", form: { password: secret("before-form") }, take: { sid: { cookie: "sid" } } },
  ],
  after: [
    {
      path: `/log-out?key=${encodeURIComponent(secret("after-query"))}`,
      headers: { "X-After": secret("after-header"), Authorization: "Bearer {token}" },
      json: { password: secret("after-json") },
    },
    { path: "/log-out/{userId}", form: { password: secret("after-form") }, status: [299] },
  ],
  stomp: {
    versions: ["1.2"],
    headers: { login: "{client}", passcode: secret("stomp-passcode"), token: "Bearer {token}", sid: "{sid}" },
  },
  identify: {
    destination: "/ws",
    body: { clientData: "{client}", token: "{token}" },
    headers: { "x-id": secret("identify") },
  },
  start: { command: "exit 1", env: { KEY: secret("env") } },
  ...more,
});

/** The same of a target that knows its clients by SUBSCRIBE, and calls them by what their log-in gave. */
const bySubscribe: ProfileInput = {
  identify: { by: "subscribe", headers: { name: "{userId}", for: "{client}", "x-id": secret("subscribe") } },
  notice: {
    join: { match: { "/event": "join" }, client: "/clientData" },
    leave: { match: { "/event": "leave" }, client: "/clientData", cause: "/cause" },
    names: "{userId}",
  },
};

async function written(where: string, profile: ProfileInput): Promise<string> {
  const file = join(where, "profile.json");
  await writeFile(file, JSON.stringify(profile));
  return file;
}

/** Everything that a run has left, by its name. */
async function outputs(
  folderOf: string,
  { stdout, stderr }: Pick<CommandResult, "stdout" | "stderr">,
): Promise<Readonly<Record<string, string>>> {
  const files = (await readdir(folderOf, { recursive: true, withFileTypes: true })).filter((one) =>
    one.isFile(),
  );
  const read = files.map(async ({ parentPath, name }) => {
    const bytes = await readFile(join(parentPath, name));
    return [name, String(name.endsWith(".gz") ? gunzipSync(bytes) : bytes)] as const;
  });
  return { stdout, stderr, ...Object.fromEntries(await Promise.all(read)) };
}

/** The mark as it is, and what base64 makes of it after any number of other bytes. */
const marks = [
  mark,
  ...[0, 1, 2].map((before) => {
    const encoded = Buffer.from("x".repeat(before) + mark).toString("base64");
    return encoded.slice(Math.ceil((8 * before) / 6), Math.floor((8 * (before + mark.length)) / 6));
  }),
];

function expectNoSecret(found: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(found)) {
    for (const one of marks) {
      const at = text.indexOf(one);
      expect(at === -1 ? "" : text.slice(Math.max(0, at - 80), at + 60), `${one} in ${name}`).toBe("");
    }
  }
}

const some = [
  "--browser",
  "none",
  "--grep",
  "^(leave/(fin|close).*native.*(identified|subscribed)|identify/never)",
];
const run = (profile: string, url: string, out: string, ...args: readonly string[]) =>
  start(["run", ...some, "--profile", profile, "--url", url, "--out", out, ...args], out, {
    ...process.env,
    GITHUB_ACTIONS: "true",
    GITHUB_STEP_SUMMARY: join(out, "step.md"),
  });

test("a run that passes shows no secret in any output", { timeout: 60_000 }, async () => {
  const [server, where, out] = [await startReflecting(), await folder(), await folder()];
  const profile = await written(where, profileOf({}));
  const end = await ended(run(profile, server.url, out));
  expect(end.code, end.stdout + end.stderr).toBe(0);
  // The failed requests of `after` are one note, and no verdict.
  const { notes } = await recordIn(out);
  expect(notes.filter((note) => note.includes("of the profile's `after` failed"))).toHaveLength(1);
  expect(notes.join()).toContain("The first: after[1]: POST /log-out/[masked ");
  const found = await outputs(out, end);
  expect(Object.keys(found)).toEqual(
    expect.arrayContaining(["report.json", "report.html", "junit.xml", "ctrf.json", "summary.md", "step.md"]),
  );
  expect(
    Object.entries(found)
      .filter(([name]) => name.endsWith(".gz"))
      .join(),
  ).toContain("[masked ");
  expectNoSecret(found);
});

test(
  "a run that fails, by names that were taken from answers, shows none, and is judged alike again",
  { timeout: 60_000 },
  async () => {
    const [server, where, out] = [await startReflecting(true), await folder(), await folder()];
    const profile = await written(where, profileOf(bySubscribe));
    const end = await ended(run(profile, server.url, out, "--json"));
    expect(end.code, end.stderr).toBe(1);
    const failed = (await recordIn(out)).requirements.filter(({ verdict }) => verdict === "fail");
    expect(failed.map(({ id }) => id)).toEqual(["LEAVE-NOT-TWICE"]);
    expectNoSecret(await outputs(out, end));
    const again = await hangup(["recheck", out]);
    expect(again.stdout).toContain("Judged again: nothing changed.");
    expectNoSecret({ stdout: again.stdout, stderr: again.stderr });
  },
);

test(
  "a run that is refused half-way, and one that is interrupted, show none",
  { timeout: 60_000 },
  async () => {
    const [server, where, refused, cut] = [
      await startReflecting(),
      await folder(),
      await folder(),
      await folder(),
    ];
    const profile = await written(where, profileOf({}));
    const child = run(profile, server.url, refused, "--reporter", "tap,html,junit", "--workers", "1");
    const end = ended(child);
    await firstCase(child);
    server.refuses = "connect";
    const { code, ...told } = await end;
    expect(code, told.stderr).toBe(3);
    const found = await outputs(refused, told);
    expect(found["report.json"]).toMatch(/with code 1008[^"]*: x+\[masked/);
    expectNoSecret(found);
    server.refuses = "nobody";
    const interrupted = run(profile, server.url, cut, "--workers", "1");
    const over = ended(interrupted);
    await firstCase(interrupted);
    interrupted.kill("SIGINT");
    const after = await over;
    expect(after.code).toBe(130);
    expectNoSecret(await outputs(cut, after));
  },
);

test(
  "a target that lets nobody in, or does not start, is told of without them",
  { timeout: 60_000 },
  async () => {
    const [server, where] = [await startReflecting(), await folder()];
    const { url } = server;
    const profile = await written(where, profileOf({}));
    const fails = join(where, "fails.json");
    const start = { command: 'echo "$KEY"; echo "{port}"; exit 1', env: { KEY: secret("env") } };
    await writeFile(fails, JSON.stringify({ ...profileOf({}), url: "http://127.0.0.1:{port}/ws", start }));
    server.refuses = "log-in";
    const withUser = url.replace("ws://", `http://user:${encodeURIComponent(secret("user-info"))}@`);
    const told = await Promise.all([
      hangup(["run", ...some, "--profile", profile, "--url", url, "--out", where]),
      hangup(["run", ...some, "--profile", profile, "--url", withUser, "--out", where]),
      hangup([
        "run",
        ...some,
        "--profile",
        profile,
        "--url",
        withUser.replace("http", "ftp"),
        "--out",
        where,
      ]),
      hangup(["run", ...some, "--profile", fails, "--out", where]),
      hangup(["doctor", "--profile", profile, "--url", withUser, "--json"]),
    ]);
    expect(told.map(({ code }) => code)).toEqual([3, 3, 2, 3, 3]);
    expect(told[0].stderr).toContain("answered with 401: no luck: /log-in?key=[masked ");
    expect(told[3].stderr).toMatch(/The last that it wrote:\s+\[masked \d+\]/);
    for (const { stdout, stderr } of told) expectNoSecret({ stdout, stderr });
  },
);

/** Resolves when a run has told of its first case. */
async function firstCase({ stderr }: ChildProcess): Promise<void> {
  if (stderr === null) throw new Error("no standard error");
  let told = "";
  while (!/ \d+\/\d+ cases/.test(told)) told += String((await once(stderr, "data"))[0]);
}
