import type { Driver, Emit } from "../../clients/driver.ts";
import { startNodeClient } from "../../clients/node-driver.ts";
import { startProcessClient } from "../../clients/process-driver.ts";
import { startRawClient } from "../../clients/raw-driver.ts";
import { startTabClient } from "../../clients/tab-driver.ts";
import type { ActorOptions } from "./actor-options.ts";
import type { CaseContext } from "../case-context.ts";
import type { ConnectionSettings } from "../connection-settings.ts";

/** Starts a client of the wanted kind behind the actor's proxy. */
export function startClient(
  { by = "harness", ownBrowser = false, raw = {}, cookieJar }: ActorOptions,
  proxyPort: number,
  { url, cookies, ownCookies }: ConnectionSettings,
  { browser, profile, pageFiles: files }: CaseContext,
  emit: Emit,
): Promise<Driver> | Driver {
  switch (by) {
    case "harness":
      return startNodeClient(proxyPort, emit);
    case "process":
      return startProcessClient(proxyPort, emit);
    case "raw":
      return startRawClient(proxyPort, { ...raw, cookieJar }, emit);
    case "tab": {
      if (browser === undefined) throw new Error("there is no browser for a tab");
      const origin = profile.origin ?? url.origin;
      return startTabClient(
        { browser, ownBrowser, proxyPort, endpoint: url.href, origin, cookies, ownCookies, cookieJar, files },
        emit,
      );
    }
  }
}
