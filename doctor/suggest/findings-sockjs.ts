import { good, mendFor, note, problem, type DoctorFinding, type FindingSource } from "./finding.ts";
import { endingWords } from "../../harness/util/ending-words.ts";
import type { LookFacts } from "../ask/look.ts";
import type { Reached } from "../ask/reach.ts";
import { quote, seconds } from "../wire/words.ts";

/** Findings about SockJS's own ways to notice that a client is gone. */
export const sockJsFindings: readonly FindingSource[] = [
  { facts: ["pageTransports"], of: ofPageTransports },
  { facts: ["sockJsHeartbeat"], of: ofSockJsHeartbeat },
  { facts: ["disconnectDelay"], of: ofDisconnectDelay },
  { facts: ["twiceOnWebSocket", "twiceOnXhr"], of: (_reached, look) => ofSessionIds(look) },
];

function ofSockJsHeartbeat(reached: Reached, { sockJsHeartbeat }: LookFacts): DoctorFinding[] {
  if (sockJsHeartbeat === null) return [];
  const { plain, connected } = sockJsHeartbeat;
  const subject = "sockjs heartbeat";
  if (plain.ended !== null)
    return [
      note(
        subject,
        `an idle session was ended after ${seconds(plain.watchedMs)}, before one came: ${plain.ended}`,
      ),
    ];
  if (plain.afterMs === null) {
    const says = `none on an idle session within ${seconds(plain.watchedMs)}; 25 s is usual`;
    return [note(subject, says, "look again with 30 s of patience")];
  }
  const says = `the first one on an idle session comes after ${seconds(plain.afterMs)}${plain.as === "ping" ? ", as a WebSocket ping" : ""}`;
  const isOff =
    connected?.afterMs === null && connected.ended === null && connected.watchedMs > plain.afterMs + 1_000;
  if (!isOff) return [good(subject, says)];
  const offer =
    "have clients offer STOMP heartbeats, in stompjs `heartbeatOutgoing: 10000`: no mechanism notices a client that offers 0,0 and falls silent";
  const mend = mendFor(
    reached,
    offer,
    `Spring switches them off as soon as CONNECTED promises STOMP's own, whatever the client had offered; ${offer}`,
  );
  return [
    problem(subject, `${says}, but none on a session that is connected with the STOMP heartbeats 0,0`, mend),
  ];
}

function ofPageTransports(reached: Reached, { pageTransports }: LookFacts, url: string): DoctorFinding[] {
  if (pageTransports === null) return [];
  const { htmlfile, jsonpPolling, iframeScript } = pageTransports;
  const there = [htmlfile ? "htmlfile" : [], jsonpPolling ? "jsonp-polling" : []].flat();
  const says =
    there.length === 0 ? "neither htmlfile nor jsonp-polling answers" : `${there.join(" and ")} answers`;
  const subject = "page transports";
  if (iframeScript === null) return [note(subject, `${says}; there is no page for iframes`)];
  const isOwn = URL.canParse(iframeScript, url) && new URL(iframeScript, url).host === new URL(url).host;
  if (isOwn) return [note(subject, `${says}; iframes load the server's own SockJS client`)];
  const mend = mendFor(
    reached,
    "let it load the server's own SockJS client",
    '`.withSockJS().setClientLibraryUrl("/webjars/sockjs-client/sockjs.min.js")`',
  );
  return [
    note(
      subject,
      `${says}; iframes load their SockJS client from elsewhere: ${quote(iframeScript, 100)}`,
      mend,
    ),
  ];
}

function ofDisconnectDelay(reached: Reached, { disconnectDelay }: LookFacts): DoctorFinding[] {
  if (disconnectDelay === null) return [];
  const { aliveAtMs, goneAtMs } = disconnectDelay;
  const subject = "disconnect delay";
  const setting = mendFor(
    reached,
    "shorten the server's disconnect delay",
    "`.withSockJS().setDisconnectDelay(5000)` is the default; Spring checks at that interval, so that an end takes up to twice as long",
  );
  if (goneAtMs === null) {
    const longest =
      aliveAtMs === null
        ? "no session could be watched"
        : `the session of a client that ${endingWords.polling.does} is still there after ${seconds(aliveAtMs)}`;
    return [note(subject, longest, `look again with 30 s of patience. ${setting}`)];
  }
  const when = aliveAtMs === null ? "within" : `between ${seconds(aliveAtMs)} and`;
  const says = `the session of a client that ${endingWords.polling.does} ends ${when} ${seconds(goneAtMs)} later`;
  if (aliveAtMs === null)
    return [note(subject, says, "a poll that is this late loses its session; let the server wait 5 s")];
  return [good(subject, says)];
}

function ofSessionIds({ twiceOnWebSocket, twiceOnXhr }: LookFacts): DoctorFinding[] {
  const subject = "session ids";
  const found: DoctorFinding[] = [];
  if (twiceOnWebSocket?.second === "opened") {
    found.push(
      twiceOnWebSocket.answered === "second"
        ? problem(
            subject,
            "a second WebSocket with a session's id takes it over: answers to the first client reach the second",
            "treat session ids as secrets: never send one to others, least of all in a notice",
          )
        : note(
            subject,
            "two WebSockets with one session id live side by side",
            "let the server tell sessions apart by an id of its own",
          ),
    );
  } else if (twiceOnWebSocket !== null) {
    found.push(
      good(subject, `a second WebSocket with a session's id is rejected: ${twiceOnWebSocket.second}`),
    );
  }
  if (twiceOnXhr?.second === "opened")
    found.push(
      problem(
        subject,
        "a second request may receive messages for the first",
        "let the server answer it with 2010, as SockJS requires",
      ),
    );
  else if (twiceOnXhr !== null)
    found.push(good(subject, `a second receiver over HTTP is rejected: ${twiceOnXhr.second}`));
  return found;
}
