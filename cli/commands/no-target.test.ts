import { once } from "node:events";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { listening } from "../../testing/cli/commands.ts";
import { folder, hangup } from "../../testing/cli/hangup.ts";

const web = (answer: RequestListener) => {
  const server = createHttpServer(answer);
  onTestFinished(() => server.closeAllConnections());
  return listening(server);
};

async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  server.close();
  await once(server, "close");
  return port;
}

/** It takes connections and says nothing, or only so much. */
function silent(words = ""): Promise<number> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.write(words);
    onTestFinished(() => void socket.destroy());
  });
  return listening(server);
}

const page: RequestListener = (_request, response) => {
  response.setHeader("content-type", "text/html").end("<h1>Hello</h1>");
};

const endless: RequestListener = (_request, response) => {
  const timer = setInterval(() => response.write("x".repeat(65_536)), 1);
  response.once("close", () => clearInterval(timer));
};

test.each<[what: string, address: () => Promise<string>, told: RegExp]>([
  ["a closed port", async () => `http://127.0.0.1:${await closedPort()}/ws`, /nothing listens/],
  ["a plain web server", async () => `http://127.0.0.1:${await web(page)}/ws`, /SockJS/],
  ["a port that says nothing", async () => `http://127.0.0.1:${await silent()}/ws`, /said nothing for 8 s/],
  ["TLS on a plain port", async () => `https://127.0.0.1:${await web(page)}/ws`, /http:\/\//],
  [
    "a redirect",
    async () => `http://127.0.0.1:${await web((_, r) => r.writeHead(302, { location: "/login" }).end())}/ws`,
    /\/login/,
  ],
  ["a 404", async () => `http://127.0.0.1:${await web((_, r) => r.writeHead(404).end())}/ws`, /404/],
  ["an endless body", async () => `http://127.0.0.1:${await web(endless)}/ws`, /SockJS|info/],
  ["no HTTP at all", async () => `http://127.0.0.1:${await silent("SSH-2.0-x\r\n")}/ws`, /HTTP/],
])("%s is told in a line, with exit code 3", async (_what, address, told) => {
  const { code, stdout, stderr } = await hangup(["run", "--url", await address(), "--out", await folder()]);
  expect(code).toBe(3);
  const [header, ...errors] = stderr.trim().split(/\n(?=hangup: )/);
  expect(header).toMatch(/cases in about \d min\s+on http/);
  expect(errors.map((error) => error.split("\n").length)).toEqual([1]);
  expect(errors[0]).toMatch(told);
  expect(stdout).toMatch(/^Report: .+\n$/);
});

test("the doctor tells it, too", async () => {
  const { code, stdout } = await hangup(["doctor", "--url", `http://127.0.0.1:${await closedPort()}/ws`]);
  expect(code).toBe(3);
  expect(stdout).toMatch(/nothing listens/);
});
