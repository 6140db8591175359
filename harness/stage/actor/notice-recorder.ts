import { isProbe, probeOf } from "../../history/probe-message.ts";
import type { Listener } from "../notice-owners.ts";
import { lateToleranceMs } from "../../history/lateness.ts";
import { jsonOrUndefined } from "../../util/json.ts";
import type { Notice } from "../../history/notice-kind.ts";
import { countsNotices, isNoName, NoticeReader } from "../../history/notice.ts";
import { namesOn } from "../../history/roster-names.ts";
import { isSentinel } from "../../history/sessions/sentinels.ts";
import { visibleDeadlineMaxMs } from "../../history/sessions/windows.ts";
import { isMalformedIdentify } from "../../history/malformed-identify.ts";
import type { NoticeSink } from "./notice-sink.ts";
import { fill, type Values } from "../../profile/template.ts";
import type { CaseContext } from "../case-context.ts";

/** Most notices of one message under names that belong to no case. Each is stored with the whole message. */
const strangersMax = 20;

/** Records the notices that one actor receives, if they belong to its case or to no case of the run. */
export class NoticeRecorder implements NoticeSink {
  readonly #actor: string;
  readonly #context: CaseContext;
  readonly #listener: Listener;
  readonly #reader: NoticeReader;
  /** Destination of the requested roster. */
  readonly #listedOn: string | undefined;
  #namelessDue = () => 0;
  #namelessHeard = 0;

  constructor(actor: string, context: CaseContext, values: Values) {
    this.#actor = actor;
    this.#context = context;
    this.#listener = { token: context.token, actor };
    const { profile } = context;
    this.#reader = new NoticeReader(profile, values);
    this.#listedOn = profile.roster === undefined ? undefined : fill(profile.roster.destination, values);
  }

  /** Notes that the actor listens from now on. Sessions that ended just before may be announced only now. */
  start(): void {
    const { owners, profile } = this.#context;
    this.#namelessDue = owners.countNamelessEnds(visibleDeadlineMaxMs(profile) + lateToleranceMs);
  }

  /**
   * Records a message, as far as it concerns this case or no case of the run.
   * @param arrivedAtMs latest possible arrival time, before the client read it, on the case's clock
   */
  record(destination: string, body: string, arrivedAtMs: number): void {
    const { history, token, owners, adopted } = this.#context;
    if (isProbe(body) && !body.includes(probeOf(token))) return;
    // A sentinel is there to be announced. Messages that it receives are no evidence.
    if (isSentinel(this.#actor) && !isProbe(body)) return;
    if (destination === this.#listedOn && this.#readList(body)) return;
    const notices = this.#reader.read(body, destination);
    if (notices === undefined) {
      history.add({ kind: "message", actor: this.#actor, destination, body });
    }
    let ofNobody = 0;
    for (const notice of notices ?? []) {
      // Others than hangup's clients may be on a roster, any number of them.
      const isAdopted = notice.client !== null && adopted?.has(notice.client) === true;
      const isStranger = !isAdopted && owners.ownerOf(notice.client) === undefined;
      if (isStranger && (ofNobody += 1) > strangersMax) continue;
      this.#record(notice, body, arrivedAtMs);
    }
  }

  /** @returns true if the body is a roster */
  #readList(body: string): boolean {
    const { history, profile, owners, token } = this.#context;
    const names = profile.roster && namesOn(jsonOrUndefined(body), profile.roster);
    if (names === undefined) return false;
    const clients = [...names.keys()].filter((name) => owners.ownerOf(name) === token);
    history.add({ kind: "roster-read", actor: this.#actor, clients });
    return true;
  }

  #record(notice: Notice, body: string, arrivedAtMs: number): void {
    const { history, profile, owners, token, adopted } = this.#context;
    const { event, client } = notice;
    const owner = client !== null && adopted?.has(client) === true ? token : owners.ownerOf(client);
    if (client !== null && owner !== undefined && owner !== token) {
      if (event === "leave" && countsNotices(profile.notice))
        owners.noteForeignLeave(client, this.#listener, body);
      return;
    }
    // A session that never identified may be announced without a name, once, to the whole run.
    const mayBeNameless = event === "leave" && profile.unidentified !== "silent";
    if (client === null && mayBeNameless && (this.#namelessHeard += 1) <= this.#namelessDue()) return;
    const claimedBy = owner === undefined ? "nobody" : "this-case";
    if (claimedBy === "nobody" && !mayConcern(notice, this.#context)) return;
    history.add({ kind: "notice", actor: this.#actor, ...notice, body, claimedBy }, arrivedAtMs);
  }
}

/**
 * Returns true for a notice under an unknown name that may stem from a message of this case. Other users may join at any time,
 * and a roster may be full of them.
 */
export function mayConcern({ event, client }: Notice, { history, owners, token }: CaseContext): boolean {
  if (event === "leave") return true;
  if (client !== null && owners.isPieceOf(client, token)) return true;
  return isNoName(client) && history.events.some(isMalformedIdentify);
}
