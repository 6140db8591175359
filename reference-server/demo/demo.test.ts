import type { Client } from "@stomp/stompjs";
import { chromium } from "playwright";
import type { Browser, BrowserContext, Page } from "playwright";
import type SockJS from "sockjs-client";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findChromium } from "../../setup/find-chromium.js";
import { serve } from "../testing/servers.ts";
import { join } from "../testing/stomp-client.ts";

const chromiumFound = findChromium();
const quiet = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** Every transport that sockjs-client has for a browser of today. */
const transports = [
  "websocket",
  "xhr-streaming",
  "xhr-polling",
  "eventsource",
  "htmlfile",
  "jsonp-polling",
  "iframe-eventsource",
  "iframe-htmlfile",
  "iframe-xhr-polling",
];

describe.skipIf(chromiumFound === null)("the demo page in Chromium (skipped if there is none)", () => {
  let browser: Browser;
  let context: BrowserContext;
  /** Addresses that the pages asked for beyond the server. */
  let elsewhere: string[];
  let problems: string[];
  let url: string;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumFound ?? "", args: quiet });
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    url = (await serve()).replace("/connection", "/");
    [elsewhere, problems] = [[], []];
    context = await browser.newContext();
    context.on("request", (request) => {
      if (!/^(?:blob:|data:)/.test(request.url()) && !request.url().startsWith(url))
        elsewhere.push(request.url());
    });
    context.on("weberror", (error) => problems.push(String(error.error())));
    context.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
  });
  afterEach(async () => {
    await context.close();
    expect(elsewhere).toEqual([]);
    expect(problems).toEqual([]);
  });

  async function enter(name: string, transport = ""): Promise<Page> {
    const page = await context.newPage();
    await page.goto(url);
    await page.fill("#name", name);
    await page.selectOption("#transport", transport);
    await page.click("#join button");
    await page.waitForSelector("#me:visible");
    return page;
  }

  it("shows that another tab closed, with the cause and the delay", async () => {
    const bob = await enter("Bob");
    const alice = await enter("Alice");
    expect(await alice.textContent("#my-session")).toBe("over websocket");
    await bob.waitForSelector("#news li:has-text('Alice joined')");
    await alice.waitForSelector("#present li >> nth=1");
    expect(await alice.locator("#present li").allTextContents()).toEqual(["BBob", "AAlice (you)"]);
    expect(await bob.locator("#present li").allTextContents()).toEqual(["BBob (you)", "AAlice"]);
    await alice.close({ runBeforeUnload: true });
    const news = await bob.waitForSelector("#news li.left:has-text('noticed')");
    expect(await news.textContent()).toMatch(/^AAlice left, noticed in (?:at most )?\d+ ms(?:closed|lost)$/);
    expect(await bob.locator("#present li").allTextContents()).toEqual(["BBob (you)"]);
  });

  it("stays for longer than a silent client could, also in the background", async () => {
    const bob = await enter("Bob");
    const front = await enter("Alice");
    await bob.waitForTimeout(2500);
    expect(await bob.locator("#present li").count()).toBe(2);
    expect(await front.isVisible("#me")).toBe(true);
  });

  it("has a button to leave, after which one can join again", async () => {
    const bob = await enter("Bob", "xhr-streaming");
    const alice = await enter("Alice", "eventsource");
    await alice.click("#leave");
    await bob.waitForSelector("#news li.left:has-text('disconnect')");
    expect(await alice.textContent("#problem")).toContain("You are disconnected");
    await alice.click("#join button");
    await bob.waitForSelector("#news li:has-text('Alice joined') >> nth=1");
    expect(await alice.isVisible("#problem")).toBe(false);
  });

  it("shows hostile names as text", async () => {
    const bob = await enter("Bob");
    await join(`${url}connection`, "<img src=x onerror=alert(1)>");
    const news = await bob.waitForSelector("#news li");
    expect(await news.textContent()).toContain("<img src=x onerror=alert(1)> joined");
    expect(await bob.locator("#news img").count()).toBe(0);
  });

  it("can join over every transport of SockJS", async () => {
    const page = await context.newPage();
    await page.goto(url);
    const bob = await join(`${url}connection`, null);
    for (const transport of transports) {
      await page.evaluate(joinAndLeave, transport);
      await bob.waitForNotice(`leave ${transport} (disconnect)`);
    }
    expect(bob.notices()).toEqual(
      transports.flatMap((name) => [`join ${name}`, `leave ${name} (disconnect)`]),
    );
  });

  it("fits a phone", async () => {
    const bob = await enter("Bob");
    await bob.setViewportSize({ width: 360, height: 700 });
    expect(await bob.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
});

/** Runs in the page: identifies with the transport's name, and disconnects. */
async function joinAndLeave(transport: string): Promise<void> {
  const globals = globalThis as unknown as { SockJS: typeof SockJS; StompJs: { Client: typeof Client } };
  await new Promise<void>((resolve, reject) => {
    const client = new globals.StompJs.Client({
      webSocketFactory: () => new globals.SockJS("/connection", null, { transports: [transport] }),
      reconnectDelay: 0,
      onConnect() {
        client.watchForReceipt("identified", () => {
          resolve(client.deactivate());
        });
        const body = JSON.stringify({ clientData: transport });
        client.publish({ destination: "/ws", body, headers: { receipt: "identified" } });
      },
      onWebSocketClose: () => {
        reject(new Error(`${transport} does not work`));
      },
    });
    client.activate();
  });
}
