import { secrets } from "../../harness/secrets/secrets.ts";
import { shown } from "./address.ts";
import type { HttpAnswer, HttpTrouble } from "../ask/ask.ts";

/**
 * Returns foreign text for one line: shortened, without control characters, and masked, since a cut secret could not be
 * recognized later.
 */
export function quote(given: string, most = 60): string {
  const text = secrets.mask(given);
  const short = text.length > most ? `${text.slice(0, most)}…` : text;
  return JSON.stringify(short).replace(/[\u007f-\u009f\u2028\u2029]/g, "?");
}

/** Returns a duration in seconds, as short as possible. */
export const seconds = (ms: number): string => `${Number((ms / 1000).toFixed(ms < 10_000 ? 1 : 0))} s`;

const theAddress =
  "The address to give is the one that a page gives to SockJS, such as http://localhost:8080/ws";

const certificates: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "is self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "comes from an authority of its own",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "comes without the certificate of its authority",
  UNABLE_TO_GET_ISSUER_CERT: "comes without the certificate of its authority",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "comes from an authority that is not known here",
};

/**
 * Describes a failed request, and the fix.
 * @param waitedMs duration of the request, in milliseconds
 */
export function wordsOfTrouble(url: URL, trouble: HttpTrouble, waitedMs: number): string {
  const { code } = trouble;
  const at = `${url.hostname} port ${url.port === "" ? (url.protocol === "https:" ? 443 : 80) : url.port}`;
  const distrust = certificates[code];
  if (distrust !== undefined) {
    return `the certificate of ${at} ${distrust}, so that the server is not verified; name the file of its authority's certificate (for a self-signed one, itself) in the environment variable NODE_EXTRA_CA_CERTS`;
  }
  switch (code) {
    case "ECONNREFUSED":
      return `nothing listens at ${at}; start the server, or give the port that it names in its log`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `no address is known for the host ${quote(url.hostname)}; check its name, and the network of this machine`;
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "ETIMEDOUT":
      return `there is no way to ${at} (${code}); is the server up, and no firewall in between?`;
    case "SILENCE":
      return wordsOfSilence(at, trouble, waitedMs);
    case "CERT_HAS_EXPIRED":
      return `the certificate of ${at} has expired; renew it`;
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return `the certificate of ${at} is made out to another name (${quote(trouble.message, 160)}); give the address with that name`;
    case "HPE_HEADER_OVERFLOW":
      return `${shown(url)} was answered with headers that did not end within 16 KiB; is this the right server?`;
    case "ECONNRESET":
    case "EPIPE":
      return `${at} took the connection and ended it without an answer to ${url.pathname}; is this the port of the web server?`;
    default:
      return wordsOfNoHttp(url, at, trouble);
  }
}

function wordsOfSilence(at: string, { connected, receivedBytes }: HttpTrouble, waitedMs: number): string {
  if (!connected)
    return `no connection to ${at} within ${seconds(waitedMs)}; is the server up, and no firewall in between?`;
  if (receivedBytes === 0)
    return `${at} took the connection and said nothing for ${seconds(waitedMs)}; does the server hang, or is this the port of something else?`;
  return `${at} sent ${receivedBytes} bytes in ${seconds(waitedMs)}, and no whole answer; does the server hang, or is something slow in between?`;
}

function wordsOfNoHttp(url: URL, at: string, { code, message, firstBytes }: HttpTrouble): string {
  if (url.protocol === "https:" && (code === "EPROTO" || code.startsWith("ERR_SSL"))) {
    return /wrong.version.number|packet length too long|http request/i.test(message)
      ? `${at} does not speak TLS; give the address with http:// in place of https://`
      : `${at} and this machine could not agree on TLS (${quote(message, 160)})`;
  }
  if (firstBytes !== undefined)
    return `${at} answered with no HTTP: ${quote(firstBytes.toString("latin1"), 40)}; give the port of the web server`;
  return `${shown(url)} could not be asked: ${quote(message, 160)} (${code})`;
}

/**
 * Describes an answer that is no SockJS info, and the fix.
 * @param asked the URL of info
 */
export function wordsOfAnswer(asked: URL, answer: HttpAnswer): string {
  const { status, headers, body, ended } = answer;
  const was = `${shown(asked)} answered ${status}`;
  if (status >= 300 && status < 400) return wordsOfRedirect(asked, answer);
  switch (status) {
    case 401:
    case 403:
    case 407:
      return `${was}: it needs a log-in. Put the log-in into the profile's \`before\`, or a token into its \`headers\`; or allow public access to ${asked.pathname}`;
    case 404:
    case 410:
      return `${was}: no SockJS endpoint is there. ${theAddress}`;
    case 502:
    case 503:
    case 504:
      return `${was}: a proxy answers there, and the server behind it is not up, or just starting`;
    case 400:
    case 426:
      return `${was}: it rejects plain requests. ${theAddress}`;
    default:
      if (status >= 500) return `${was}: the server fails; see its log`;
  }
  if (ended === "too-long") return `${was} with a body that did not end within 64 KiB. ${theAddress}`;
  if (ended === "too-slow") return `${was} with a body that did not end in time, after ${body.length} bytes`;
  if (ended === "broken") return `${was} and broke off within the body, after ${body.length} bytes`;
  const isPage =
    (headers["content-type"] ?? "").startsWith("text/html") || /^\s*<(!doctype|html)/i.test(body);
  if (isPage) return `${was} with a web page, not with SockJS's info. ${theAddress}`;
  return `${was} with ${quote(body)}, which is no SockJS info. ${theAddress}`;
}

function wordsOfRedirect(asked: URL, { status, headers }: HttpAnswer): string {
  const was = `${shown(asked)} answered ${status}`;
  const { location = "" } = headers;
  if (!URL.canParse(location, asked)) return `${was}, a redirect without a destination`;
  const to = new URL(location, asked);
  if (!/^https?:$/.test(to.protocol))
    return `${was}, a redirect to ${quote(shown(to), 120)}; that is no web address`;
  if (/log-?in|sign-?in|auth|sso/i.test(to.pathname)) {
    return `${was}, a redirect to ${quote(shown(to), 120)}, which looks like a log-in: put it into the profile's \`before\`, or a token into its \`headers\``;
  }
  to.pathname = to.pathname.replace(/\/info\/?$/, "");
  return `${was}, a redirect; give ${quote(shown(to), 120)} as the address`;
}
