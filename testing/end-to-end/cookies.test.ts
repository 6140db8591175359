import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchChromium, type RunBrowser } from "../../harness/clients/browser.ts";
import { ofKind } from "../../harness/history/events/events.ts";
import type { ProfileInput } from "../../harness/profile/profile.ts";
import { transportsOf } from "../../harness/profile/transports.ts";
import type { ActorOptions } from "../../harness/stage/actor/actor-options.ts";
import { findChromium, whyNoChromium } from "../../setup/find-chromium.js";
import { openStage } from "../harness/open-stage.ts";
import { startServer, type RunningServer } from "../sample-servers/server/start-server.ts";

const profile: ProfileInput = {
  before: [{ path: "/account/login" }, { path: "/account/enter", status: [302] }],
  identify: { by: "connect" },
  stomp: { headers: { login: "{client}" } },
  notice: { leave: { match: { "/event": "leave" }, client: "/clientData" } },
};

let server: RunningServer;
beforeAll(async () => {
  server = await startServer(() => ({ http: (_request, _body, response) => response.end() }), {
    path: "/chat/ws",
    transport: "sockjs",
    refuses: ({ url = "", headers: { cookie = "" } }) =>
      url.startsWith("/chat") &&
      !/^(?=.*\bid=entered\b)(?=.*\bplace=chat\b)(?!.*\b(secret|old)=)/.test(cookie)
        ? 403
        : undefined,
    answers: (request, response) => {
      const isLogin = request.url === "/account/login";
      const isEntering = /\bid=visitor\b/.test(request.headers.cookie ?? "");
      if (!isLogin && !isEntering) return response.writeHead(401).end();
      const cookies = isLogin
        ? ["id=visitor; Path=/; HttpOnly", "old=1; Path=/", "secret=1"]
        : ["id=entered; Path=/; HttpOnly; SameSite=Lax", "place=chat; Path=/chat", "old=; Path=/; Max-Age=0"];
      return response.writeHead(isLogin ? 200 : 302, { "set-cookie": cookies, location: "/" }).end();
    },
  });
});
afterAll(() => server.close());

async function connects(
  options: ActorOptions,
  browser: RunBrowser | undefined,
  onTestFinished: (dispose: () => Promise<void>) => void,
): Promise<void> {
  const { stage, history } = openStage(server.url, profile, { browser, onTestFinished });
  await stage.connect("alice", options);
  expect(ofKind(history.events, "connected").map(({ actor }) => actor)).toEqual(["alice"]);
}

// sockjs-node answers no subprotocol, as Node's WebSocket wants, and its iframes load a script of another host.
const offered = (by: "harness" | "process" | "raw" | "tab") =>
  transportsOf(by).filter((name) => name !== "native" && !name.startsWith("iframe-"));

const each = (["harness", "process", "raw"] as const).flatMap((by) =>
  offered(by).map((transport) => ({ by, transport })),
);

test.concurrent.for(each)(
  "a client by $by on $transport connects with the cookies of its log-in",
  (options, { onTestFinished }) => connects(options, undefined, onTestFinished),
);

test("a client without them is refused", async ({ onTestFinished }) => {
  const { stage } = openStage(server.url, { ...profile, before: [] }, { onTestFinished });
  await expect(stage.connect("alice")).rejects.toThrow();
});

const found = findChromium();
const skipped = found === null ? ` (skipped: ${whyNoChromium()})` : "";

describe.skipIf(found === null)(`tabs${skipped}`, () => {
  let browser: RunBrowser;
  beforeAll(async () => {
    browser = await launchChromium(found ?? "");
  });
  afterAll(() => browser.close());

  test.concurrent.for(offered("tab"))(
    "a tab on %s connects with the cookies of its log-in",
    { timeout: 60_000 },
    (transport, { onTestFinished }) => connects({ by: "tab", transport }, browser, onTestFinished),
  );
});
