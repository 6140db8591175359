import { foreignOrigin, type FromOrigin } from "../ask/web.ts";
import { good, mendFor, note, problem, type DoctorFinding, type FindingSource } from "./finding.ts";
import { sockJsFindings } from "./findings-sockjs.ts";
import { stompFindings } from "./findings-stomp.ts";
import { nothingKnown, type LookFacts, type Look } from "../ask/look.ts";
import type { Reached } from "../ask/reach.ts";

export type { DoctorFinding } from "./finding.ts";

const sources: readonly FindingSource[] = [
  ...stompFindings,
  ...sockJsFindings,
  { facts: ["origins"], of: ofOrigins },
  { facts: ["cookies"], of: ofCookies },
  { facts: ["compression"], of: (_reached, { compression }) => ofCompression(compression) },
];

/** Returns the findings of a look, the most basic first. */
export function findings(reached: Reached, look: Look): DoctorFinding[] {
  return [
    ...ofReached(reached),
    ...sources.flatMap(({ of }) => of(reached, look, look.url)),
    ...ofUnlearned(look),
  ];
}

/**
 * Collects the facts of a look while they become known, and tells each finding as soon as all its facts are. Facts that stay
 * unknown are null. `ofUnlearned` has the reasons.
 * @param url the endpoint, without its query
 * @returns a function that takes a fact
 */
export function collectFindings(
  reached: Reached,
  url: string,
  tell: (found: DoctorFinding) => void,
): <Name extends keyof LookFacts>(name: Name, fact: LookFacts[Name]) => void {
  const facts: { -readonly [Name in keyof LookFacts]: LookFacts[Name] } = { ...nothingKnown };
  const known = new Set<keyof LookFacts>();
  const open = new Set(sources);
  return (name, fact) => {
    facts[name] = fact;
    known.add(name);
    for (const source of open) {
      if (!source.facts.every((each) => known.has(each))) continue;
      open.delete(source);
      for (const found of source.of(reached, facts, url)) tell(found);
    }
  };
}

const likenesses = {
  spring: "it looks like Spring",
  "sockjs-node": "it looks like sockjs-node",
  unknown: "the kind of SockJS server is unknown",
} as const;

/**
 * Returns the finding about the kind of server. If a later finding uses terms of Spring, this one gives the evidence for Spring.
 */
export function ofReached(reached: Reached): DoctorFinding[] {
  switch (reached.kind) {
    case "sockjs":
      return [note("target", `a SockJS endpoint; ${likenesses[reached.looksLike]}: ${reached.evidence}`)];
    case "websocket": {
      const { sockJsAt } = reached;
      if (sockJsAt === undefined) return [note("target", "a WebSocket without SockJS")];
      const says = `a WebSocket; SockJS answers at ${sockJsAt}`;
      return [note("target", says, "give that address to examine its other transports")];
    }
    case "nothing":
      // The line holds its own fix.
      return [{ subject: "target", level: "problem", says: reached.problem }];
  }
}

const isIn = ({ info, handshake }: FromOrigin) => (info?.allowed ?? true) && handshake.allowed;

function ofOrigins(reached: Reached, { origins }: LookFacts): DoctorFinding[] {
  if (origins === null) return [];
  const { none, own, foreign } = origins;
  const found: DoctorFinding[] = [];
  if (!isIn(own))
    found.push(
      problem(
        "origins",
        `pages from its own origin ${own.origin ?? ""} are refused: ${refusalOf(own)}`,
        mendFor(
          reached,
          "allow that origin, or behind a proxy forward the original Host",
          "`server.forward-headers-strategy=framework` behind a proxy, or `setAllowedOrigins(…)`",
        ),
      ),
    );
  if (!isIn(none))
    found.push(
      note(
        "origins",
        `clients without an Origin are refused: ${refusalOf(none)}`,
        "put an allowed `origin` into the profile",
      ),
    );
  return [...found, ofForeign(reached, foreign)];
}

function ofForeign(reached: Reached, foreign: FromOrigin): DoctorFinding {
  const { info, handshake } = foreign;
  if (!handshake.allowed) {
    const refused = `pages from elsewhere are refused (${foreignOrigin} got ${handshake.status ?? "no answer"})`;
    if (info?.allowed !== true) return good("origins", refused);
    return note(
      "origins",
      `${refused} on WebSocket, but info answers them: they fall back to other transports`,
    );
  }
  const how = info?.allowed === false ? ", though info refuses them" : "";
  return problem(
    "origins",
    `pages from anywhere may open a WebSocket${how} (${foreignOrigin} was let in), with the cookies of the user who views them`,
    mendFor(
      reached,
      "let in only the origins of your pages",
      'name the origins of your pages: `setAllowedOrigins("https://…")` in place of `setAllowedOriginPatterns("*")`',
    ),
  );
}

const refusalOf = ({ info, handshake }: FromOrigin): string =>
  [
    info?.allowed === false ? `info ${info.why ?? info.status ?? "no answer"}` : "",
    handshake.allowed ? "" : `WebSocket ${handshake.why ?? handshake.status ?? "no answer"}`,
  ]
    .filter((part) => part !== "")
    .join(", ");

function ofCookies(reached: Reached, { cookies }: LookFacts): DoctorFinding[] {
  const found: DoctorFinding[] = [];
  if (cookies !== null && cookies.set.length > 0)
    found.push(note("cookies", `it sets ${cookies.set.join(", ")}`));
  if (reached.kind === "sockjs" && reached.info.cookieNeeded)
    found.push(note("cookies", "info says cookie_needed: a load balancer may rely on JSESSIONID"));
  return found;
}

function ofCompression(compression: boolean | null): DoctorFinding[] {
  if (compression === null) return [];
  return [
    note("compression", `permessage-deflate is ${compression ? "used" : "not used"} where it is offered`),
  ];
}

const subjects: Readonly<Record<keyof LookFacts, string>> = {
  transports: "transports",
  main: "transports",
  versions: "versions",
  subprotocol: "subprotocol",
  heartbeats: "heartbeats",
  beats: "heartbeats",
  silence: "silence",
  receipts: "receipts",
  echoes: "echo",
  sockJsHeartbeat: "sockjs heartbeat",
  disconnectDelay: "disconnect delay",
  origins: "origins",
  twiceOnWebSocket: "session ids",
  twiceOnXhr: "session ids",
  cookies: "cookies",
  compression: "compression",
  pageTransports: "page transports",
};

/** Returns one line for each reason why facts stayed unknown. */
export function ofUnlearned({ unlearned }: Pick<Look, "unlearned">): DoctorFinding[] {
  const entries = Object.entries(unlearned);
  return [...new Set(Object.values(unlearned))].map((why) => {
    const names = entries.flatMap(([name, own]) => (own === why ? [subjects[name as keyof LookFacts]] : []));
    return note([...new Set(names)].join(", "), `unknown: ${why}`);
  });
}
