import { isTooShort, patienceForMs, wordsOfTooShort } from "../ask/silence.ts";
import { stompVersions } from "../ask/stomp.ts";
import { good, mendFor, note, problem, type DoctorFinding, type FindingSource } from "./finding.ts";
import { endingWords } from "../../harness/util/ending-words.ts";
import type { LookFacts } from "../ask/look.ts";
import type { Reached } from "../ask/reach.ts";
import { seconds } from "../wire/words.ts";

/** Findings about connecting, heartbeats, silent clients and receipts. */
export const stompFindings: readonly FindingSource[] = [
  { facts: ["transports"], of: (_reached, { transports }) => ofTransports(transports) },
  { facts: ["versions"], of: (_reached, { versions }) => ofVersions(versions) },
  { facts: ["subprotocol"], of: (_reached, { subprotocol }) => ofSubprotocol(subprotocol) },
  { facts: ["heartbeats"], of: (reached, { heartbeats }) => ofAnswer(reached, heartbeats) },
  { facts: ["beats"], of: (_reached, { beats }) => ofBeats(beats) },
  { facts: ["silence", "beats"], of: (_reached, { silence, beats }) => ofSilence(silence, beats) },
  { facts: ["receipts", "echoes"], of: ofReceipts },
];

function ofTransports(transports: LookFacts["transports"]): DoctorFinding[] {
  const tried = Object.entries(transports ?? {});
  const working = tried.filter(([, { works }]) => works).map(([name]) => name);
  const failing = tried.flatMap(([name, trial]) => (trial.works ? [] : [`${name}: ${trial.why}`]));
  if (tried.length > 0 && working.length === 0) {
    // `refusal` begins with the frame that the target sent.
    const isRefused = tried.some(([, trial]) => !trial.works && trial.why.startsWith("ERROR "));
    const mend = isRefused
      ? 'the target refused CONNECT. Put the headers that its clients send into the profile, such as "stomp": {"headers": {"login": "…", "passcode": "…"}}, or "Authorization": "Bearer …" there; a token in the address goes into "query"'
      : "if it needs a log-in or a token, put it into the profile's `before`, `headers` or `stomp.headers`; if it speaks no STOMP, hangup can't test it";
    return [
      problem("transports", `no transport led to CONNECTED (${wordsOfFailing(transports).join("; ")})`, mend),
    ];
  }
  const works = working.length === 0 ? [] : [good("transports", `CONNECT works on ${working.join(", ")}`)];
  const fails = failing.map((words) => {
    const mend = words.startsWith("native") ? 'put "nativeWebSocket": false into the profile' : undefined;
    return note("transports", `not working: ${words}`, mend);
  });
  return [...works, ...fails];
}

/** Returns each reason once, with the transports that share it. */
function wordsOfFailing(transports: LookFacts["transports"]): string[] {
  const failing = Object.entries(transports ?? {}).flatMap(([name, trial]) =>
    trial.works ? [] : [{ name, why: trial.why }],
  );
  const reasons = [...new Set(failing.map(({ why }) => why))];
  return reasons.map((reason) => {
    const names = failing.flatMap(({ name, why }) => (why === reason ? [name] : []));
    return `${names.join(", ")}: ${reason}`;
  });
}

function ofVersions(versions: LookFacts["versions"]): DoctorFinding[] {
  if (versions === null) return [];
  const accepted = stompVersions.filter((version) => versions[version].accepted);
  if (accepted.some((version) => version !== "1.0"))
    return [good("versions", `STOMP ${accepted.join(", ")} is accepted when offered alone`)];
  const says =
    accepted.length === 0
      ? "no STOMP version is accepted when offered alone"
      : "only STOMP 1.0 is accepted, which has no heartbeats";
  return [problem("versions", says, "let the target support STOMP 1.2 or 1.1")];
}

function ofSubprotocol(subprotocol: LookFacts["subprotocol"]): DoctorFinding[] {
  if (subprotocol === null) return [];
  const { offered, notOffered } = subprotocol;
  if (offered.works === notOffered.works) return [];
  if (offered.works) return [note("subprotocol", "a native WebSocket has to offer STOMP's subprotocols")];
  return [
    note(
      "subprotocol",
      `a native WebSocket must not offer STOMP's subprotocols (${offered.why}), and stompjs always does`,
      'let the target choose one of them, such as v12.stomp; or, for a SockJS target, put "nativeWebSocket": false into the profile',
    ),
  ];
}

const onSpring =
  'give the simple broker a TaskScheduler: `.setHeartbeatValue(new long[] {10000, 10000}).setTaskScheduler(scheduler)`; the whole configuration and its side effects stand in docs/servers.md, "Spring: notice a silent drop"';

function ofAnswer(reached: Reached, heartbeats: LookFacts["heartbeats"]): DoctorFinding[] {
  if (heartbeats === null) return [];
  const answer = heartbeats["1000,1000"];
  const [sendsMs = 0, wantsMs = 0] = answer.split(",").map(Number);
  const says = `to an offer of 1000,1000 CONNECTED answers heart-beat:${answer}`;
  if (wantsMs > 0) {
    const periodMs = Math.max(1_000, wantsMs);
    const both =
      sendsMs > 0 ? "" : "; the target itself sends none, so that clients notice a dead target late";
    if (periodMs > 30_000 || both !== "")
      return [note("heartbeats", `${says}${both}`, `put "heartbeatMs": ${periodMs} into the profile`)];
    return [good("heartbeats", says)];
  }
  const plain = "let the target ask for heartbeats, 10000,10000 for a start";
  const isSpring = reached.kind === "sockjs" && reached.looksLike === "spring";
  return [
    problem(
      "heartbeats",
      `${says}: a client that ${endingWords.drop.does}, or ${endingWords.frozen.does}, is noticed late or never, and a run ${isSpring ? "fails" : "may fail"} LEAVE-ON-SILENT-DROP`,
      `${mendFor(reached, plain, onSpring)}. Until then put "heartbeatMs": 0 into the profile`,
    ),
  ];
}

function ofBeats(beats: LookFacts["beats"]): DoctorFinding[] {
  if (beats === null) return [];
  const { periodMs, heard, longestGapMs, watchedMs, ended } = beats;
  const seen = `${heard} heartbeats in ${seconds(watchedMs)}, the longest gap ${seconds(longestGapMs)}, one promised every ${seconds(periodMs)}`;
  const found: DoctorFinding[] = [];
  if (ended !== null)
    found.push(
      problem(
        "heartbeats",
        `a client that sends its heartbeats was dropped after ${seconds(watchedMs)}: ${ended}`,
        "let the target count every byte as a sign of life, and allow a margin",
      ),
    );
  if (longestGapMs > 2 * periodMs)
    found.push(problem("heartbeats", seen, "let the target send at least one heartbeat a period"));
  else if (heard > 0) found.push(good("heartbeats", seen));
  else found.push(note("heartbeats", `${seen}: too short to tell`, patienceMend(periodMs)));
  return found;
}

const patienceMend = (periodMs: number) =>
  `look again with ${seconds(patienceForMs(periodMs) + 5_000)} of patience`;

function ofSilence(silence: LookFacts["silence"], beats: LookFacts["beats"]): DoctorFinding[] {
  if (silence === null) return [];
  const { periodMs, droppedAfterMs, ended, watchedMs } = silence;
  if (droppedAfterMs === null) {
    if (isTooShort(silence)) return [note("silence", wordsOfTooShort(silence), patienceMend(periodMs))];
    return [
      problem(
        "silence",
        `a client that had promised a heartbeat every ${seconds(periodMs)} was silent for ${seconds(watchedMs)}, and was not dropped`,
        "let the target drop clients after two or three missed heartbeats",
      ),
    ];
  }
  const says = `a silent client is dropped after ${seconds(droppedAfterMs)}, ${(droppedAfterMs / periodMs).toFixed(1)} of its periods: ${ended ?? ""}`;
  if (droppedAfterMs <= periodMs)
    return [problem("silence", says, "let the target allow a margin; one late heartbeat is no leave")];
  if (beats !== null && beats.ended !== null)
    return [
      note("silence", `${says}. A client that is not silent is dropped, too, so that this shows nothing`),
    ];
  return [good("silence", says)];
}

function ofReceipts(reached: Reached, { receipts, echoes }: LookFacts): DoctorFinding[] {
  const found: DoctorFinding[] = [];
  if (receipts !== null) {
    const { subscribe, send, disconnect } = receipts;
    if (subscribe.came)
      found.push(good("receipts", `SUBSCRIBE gets its receipt, after ${subscribe.afterMs} ms`));
    else {
      const ready = echoes?.came
        ? 'put "ready": {"probe": …} into the profile: what a client sends to the topic comes back'
        : 'put "ready": {"probe": …} into the profile, if the topic sends a client message back, or else {"delayMs": 500}';
      const isSpring = reached.kind === "sockjs" && reached.looksLike === "spring";
      const normal = isSpring ? `that is normal for the simple broker; ${ready}` : ready;
      found.push(note("receipts", `SUBSCRIBE gets no receipt: ${subscribe.why}`, normal));
    }
    if (!send.came) found.push(note("receipts", `SEND gets no receipt: ${send.why}`));
    if (disconnect.came)
      found.push(good("receipts", `DISCONNECT gets its receipt, after ${disconnect.afterMs} ms`));
    else
      found.push(
        note("receipts", `DISCONNECT gets no receipt: ${disconnect.why}; clients can't know if it was read`),
      );
  }
  if (echoes?.came)
    found.push(good("echo", `what a client sends to the topic comes back, after ${echoes.afterMs} ms`));
  if (echoes?.came === false)
    found.push(note("echo", `what a client sends to the topic does not come back: ${echoes.why}`));
  return found;
}
