import { hasFunction } from "../util/json.ts";
import { has, hasGroup, listed, loose, ownNames, type Contradiction, type Loose } from "./contradiction.ts";
import { inNotices, inRoster } from "./notice-contradictions.ts";
import { namesWhom } from "./notices.ts";
import { builtIn, namesIn } from "./template.ts";
import { pagelessTransports } from "./transports.ts";

/** Stands for the default `notice` of a profile without one. */
const defaultNotice = { leave: { match: {}, client: "" }, join: { match: {}, client: "" } };

const pagelessSockJs: readonly string[] = pagelessTransports.filter((name) => name !== "native");

/** Returns every contradiction in a profile. Never throws. */
export function contradictionsIn(profile: unknown): Contradiction[] {
  const given = { notice: defaultNotice, ...loose(profile) };
  return [
    ...inNotices(given),
    ...inIdentify(given),
    ...inRequests(given),
    ...inRunning(given),
    ...inProbe(given),
    ...inRoster(given),
    ...unknownNames(given),
  ];
}

function inIdentify(profile: Loose): Contradiction[] {
  const identify = loose(profile["identify"]);
  const notice = loose(profile["notice"]);
  const found: Contradiction[] = [];
  if (identify["by"] === "connect" && !isNamedOnConnecting(profile))
    found.push({
      path: ["identify"],
      message:
        "is by connect, but nothing names the client: put {client}, or a value that `before` takes for each client, into `stomp.headers`, `query`, `cookies`, `headers` or a request of `before`",
    });
  const own = ownNames(profile["before"]);
  if (
    identify["by"] === "subscribe" &&
    !namesIn(identify["headers"]).some((name) => own.includes(name)) &&
    !hasFunction(identify)
  )
    found.push({
      path: ["identify", "headers"],
      message: "must hold {client} somewhere, or a value that `before` takes for each client",
    });
  const names = namesIn(notice["names"]);
  const namesSomebody = has(notice["roster"]) || namesWhom(loose(notice["leave"]));
  if (identify["by"] === "nothing" && namesSomebody && !names.includes("sessionId"))
    found.push({
      path: ["identify"],
      message:
        'is by nothing, so notices can\'t name a client; they name session ids (`notice.names`: "{sessionId}") or nobody',
    });
  if (identify["confirmed"] === "receipt" && identify["by"] !== undefined && identify["by"] !== "message")
    found.push({
      path: ["identify", "confirmed"],
      message: 'is "receipt", which only a message can request; use "join" or {"delayMs": …}',
    });
  if (identify["confirmed"] === "join" && !has(notice["join"]) && !has(notice["roster"]))
    found.push({
      path: ["identify", "confirmed"],
      message:
        'is "join", but the profile describes no join; describe `notice.join`, or use "receipt" or {"delayMs": …}',
    });
  return found;
}

/** Returns true if a client connects with its name, or with a value or a cookie that the target has given to it. */
function isNamedOnConnecting({ query, headers, cookies, stomp, before, notice }: Loose): boolean {
  const requests = listed(before)
    .map(loose)
    .filter(({ per = "client" }) => per === "client")
    .map((request) => ({ ...request, take: undefined }));
  const said = [query, headers, cookies, stomp, requests];
  const [client, ...given] = ownNames(before);
  const { names } = loose(notice);
  return (
    hasFunction(said) ||
    namesIn(said).some((name) => name === client || given.includes(name)) ||
    namesIn(names).some((name) => given.includes(name))
  );
}

function inRequests(profile: Loose): Contradiction[] {
  const found = ["before", "after"].flatMap((key) =>
    listed(profile[key]).flatMap((request, place) => inRequest(request, [key, place])),
  );
  found.push(...inRequest(profile["logout"], ["logout"]), ...inCredentials(profile));
  const probe = loose(loose(profile["ready"])["probe"]);
  if (has(probe["body"]) && typeof probe["body"] !== "function" && !namesIn(probe["body"]).includes("probe"))
    found.push({
      path: ["ready", "probe", "body"],
      message: "must hold {probe}, so that hangup recognizes it when it comes back",
    });
  return found;
}

function inCredentials(profile: Loose): Contradiction[] {
  return ["refused", "expires"].flatMap((key) => {
    const { stomp, query, headers, cookies } = loose(profile[key]);
    const given = [loose(stomp)["headers"], query, headers, cookies].map((one) => Object.keys(loose(one)));
    return has(profile[key]) && given.flat().length === 0
      ? [{ path: [key], message: "has no credentials: add `stomp.headers`, `query`, `headers` or `cookies`" }]
      : [];
  });
}

function inRequest(request: unknown, path: Contradiction["path"]): Contradiction[] {
  const found: Contradiction[] = [];
  const { json, form, method, take } = loose(request);
  for (const [name, from] of Object.entries(loose(take))) {
    const { pattern } = loose(from);
    if (typeof pattern === "string" && !hasGroup(pattern))
      found.push({
        path: [...path, "take", name],
        message: "has a pattern without a group; put ( ) around the part to take",
      });
  }
  if (has(json) && has(form))
    found.push({ path, message: "has both `json` and `form`; a request has one body" });
  if (method === "GET" && (has(json) || has(form)))
    found.push({ path, message: "is a GET with a body; use POST, or leave the body out" });
  return found;
}

function inRunning(profile: Loose): Contradiction[] {
  const found: Contradiction[] = [];
  const { start, url, transport, headers } = profile;
  const asks = (value: unknown) => typeof value === "string" && value.includes("{port}");
  const command = loose(start)["command"];
  if (has(start) && !has(url))
    found.push({
      path: ["url"],
      message: "is missing: it must be the URL of the target that `start` starts",
    });
  if (asks(url) && !asks(command))
    found.push({
      path: ["url"],
      message: "has {port}, which only works with {port} in `start.command`",
    });
  if (asks(command) && has(url) && !asks(url))
    found.push({ path: ["url"], message: "must hold {port}, like `start.command`" });
  if (typeof url === "string" && url.startsWith("ws") && transport === "sockjs")
    found.push({
      path: ["transport"],
      message: 'is "sockjs", which needs an http:// or https:// URL; `url` is that of a WebSocket',
    });
  const filled = typeof url === "string" ? url.replaceAll("{port}", "80") : undefined;
  if (filled !== undefined && !URL.canParse(filled))
    found.push({ path: ["url"], message: "is not a URL; write it as http://localhost:8080/ws" });
  const names = loose(profile["notice"])["names"];
  const native = transport === "native" || (typeof url === "string" && url.startsWith("ws"));
  if (native && namesIn(names).includes("sessionId"))
    found.push({
      path: ["notice", "names"],
      message: "is {sessionId}, which a native WebSocket does not have; only SockJS sessions have one",
    });
  const { transports } = profile;
  if (Array.isArray(transports) && !transports.some((one) => pagelessSockJs.includes(one as string)))
    found.push({
      path: ["transports"],
      message: `must hold a transport that needs no page: ${pagelessSockJs.join(", ")}`,
    });
  for (const name of Object.keys(loose(headers))) {
    const own = { cookie: "cookies", origin: "origin", host: "url" }[name.toLowerCase()];
    if (own !== undefined)
      found.push({ path: ["headers", name], message: `has a key of its own: \`${own}\`` });
  }
  return found;
}

function inProbe({ probe, reconcile, roster, notice }: Loose): Contradiction[] {
  const found: Contradiction[] = [];
  const { events } = loose(probe);
  const { connect, frame } = loose(events);
  if (reconcile === "silent" && ![probe, roster, loose(notice)["roster"]].some(has))
    found.push({
      path: ["reconcile"],
      message: 'is "silent", which only a `probe` or a `roster` can show; add one, or leave it out',
    });
  if (has(events) && !has(connect) && !has(frame))
    found.push({
      path: ["probe", "events"],
      message: "must describe an event, by `connect`, by `frame`, or by both",
    });
  return found;
}

/** Returns unknown names in braces. */
function unknownNames(profile: Loose): Contradiction[] {
  const takenBy = (requests: unknown) =>
    listed(requests).flatMap((request) => Object.keys(loose(loose(request)["take"])));
  const known = [...builtIn, ...takenBy(profile["before"])];
  const {
    query,
    headers,
    cookies,
    before,
    after,
    stomp,
    topic,
    ready,
    identify,
    notice,
    roster: asked,
    refused,
    expires,
    logout,
  } = profile;
  const { join, leave, roster, names } = loose(notice);
  const topics = [join, leave, roster].map((one) => loose(one)["topic"]);
  const withoutTake = (requests: unknown) =>
    listed(requests).map((one) => ({ ...loose(one), take: undefined }));
  const places: readonly (readonly [path: readonly string[], value: unknown, ...more: string[]])[] = [
    [["query"], query],
    [["headers"], headers],
    [["cookies"], cookies],
    [["before"], withoutTake(before)],
    [["after"], withoutTake(after), ...takenBy(after)],
    [["stomp"], stomp],
    [["refused"], refused],
    [["expires"], expires],
    [["logout"], logout],
    [["topic"], topic],
    [["ready"], ready, "probe"],
    [["identify"], identify],
    [["notice"], [names, ...topics]],
    [["roster"], loose(asked)["destination"]],
  ];
  return places.flatMap(([path, value, ...more]) =>
    [...new Set(namesIn(value))]
      .filter((name) => !known.includes(name) && !more.includes(name))
      .map((name) => ({
        path,
        message: `{${name}} is unknown; known names: ${known.map((one) => `{${one}}`).join(", ")}; \`before\` can take more from an answer`,
      })),
  );
}
