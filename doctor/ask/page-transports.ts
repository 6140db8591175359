import { below } from "../wire/address.ts";
import { ask } from "./ask.ts";
import { newSessionId } from "../../harness/clients/raw/session-id.ts";
import type { Examination } from "../wire/examination.ts";

/** SockJS transports that only a page can use, by their first answer (sockjs-protocol 0.3.3). */
export interface PageTransports {
  readonly htmlfile: boolean;
  readonly jsonpPolling: boolean;
  /** Script of the iframe page, which is its SockJS client; null without such a page. */
  readonly iframeScript: string | null;
}

/** Time in which a stream begins, in milliseconds. */
const beginLimitMs = 2_000;

export async function askPageTransports(visit: Examination): Promise<PageTransports> {
  const [htmlfile, jsonp, iframe] = await Promise.all([
    bodyAt(visit, `000/${newSessionId()}/htmlfile`),
    bodyAt(visit, `000/${newSessionId()}/jsonp`),
    bodyAt(visit, "iframe.html"),
  ]);
  const [, script = ""] = /<script[^>]*\ssrc=["']([^"']{1,500})/i.exec(iframe ?? "") ?? [];
  return {
    htmlfile: htmlfile?.includes("<script") === true,
    jsonpPolling: jsonp?.includes(`${callback}("o`) === true,
    iframeScript: script === "" ? null : script,
  };
}

const callback = "hangup";

/** Returns the body until its end or the time limit; undefined without an answer. */
async function bodyAt(visit: Examination, name: string): Promise<string | undefined> {
  const url = below(visit.endpoint.url, name);
  url.searchParams.set("c", callback);
  const asked = await ask(url, { headers: visit.endpoint.headers, signal: visit.signal(beginLimitMs) });
  return asked.kind === "answer" && asked.status === 200 ? asked.body : undefined;
}
