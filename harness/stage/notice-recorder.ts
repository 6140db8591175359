import { isProbe, probeOf } from "../history/probe-message.ts";
import type { Listener } from "./notice-owners.ts";
import { lateToleranceMs } from "../history/lateness.ts";
import { jsonOrUndefined } from "../util/json.ts";
import type { Notice } from "../history/notice-kind.ts";
import { countsNotices, isNoName, NoticeReader } from "../history/notice.ts";
import { namesOn } from "../history/roster-notices.ts";
import { isSentinel, visibleDeadlineMaxMs } from "../history/sessions.ts";
import { isMalformedIdentify } from "../history/malformed-identify.ts";
import { fill, type Values } from "../profile/template.ts";
import type { Surroundings } from "./case-context.ts";

/** What one actor is told on the topic, and whose that is. */
export class Hearing {
  readonly #actor: string;
  readonly #around: Surroundings;
  readonly #listener: Listener;
  readonly #reader: NoticeReader;
  /** Where the list comes that was asked for. */
  readonly #listedOn: string | undefined;
  #namelessDue = () => 0;
  #namelessHeard = 0;

  constructor(actor: string, around: Surroundings, values: Values) {
    this.#actor = actor;
    this.#around = around;
    this.#listener = { token: around.token, actor };
    const { profile } = around;
    this.#reader = new NoticeReader(profile, values);
    this.#listedOn = profile.roster === undefined ? undefined : fill(profile.roster.destination, values);
  }

  /** From now on it listens. What ended just before may be told only now. */
  begin(): void {
    const { claims, profile } = this.#around;
    this.#namelessDue = claims.countNamelessEnds(visibleDeadlineMaxMs(profile) + lateToleranceMs);
  }

  /**
   * A message arrived: puts on record what it says of this case, or of nobody in the whole run.
   * @param arrivedAtMs when it can have arrived at the latest, before the client read it, on the case's clock
   */
  message(destination: string, body: string, arrivedAtMs: number): void {
    const { history, token } = this.#around;
    if (isProbe(body) && !body.includes(probeOf(token))) return;
    // A sentinel comes and goes to be heard of. What it receives is no evidence.
    if (isSentinel(this.#actor) && !isProbe(body)) return;
    if (destination === this.#listedOn && this.#readList(body)) return;
    const notices = this.#reader.read(body, destination);
    if (notices === undefined) {
      history.add({ kind: "message", actor: this.#actor, destination, body });
    }
    for (const notice of notices ?? []) this.#record(notice, body, arrivedAtMs);
  }

  /** @returns whether it is a list */
  #readList(body: string): boolean {
    const { history, profile, claims, token } = this.#around;
    const names = profile.roster && namesOn(jsonOrUndefined(body), profile.roster);
    if (names === undefined) return false;
    const clients = names.filter((name) => claims.ownerOf(name) === token);
    history.add({ kind: "roster-read", actor: this.#actor, clients });
    return true;
  }

  /** Whether a join under a name that no case uses may come of what this case sent. */
  #mayBeOurs(client: string | null): boolean {
    const { history, claims, token } = this.#around;
    if (client !== null && claims.isPieceOf(client, token)) return true;
    return isNoName(client) && history.events.some(isMalformedIdentify);
  }

  #record(notice: Notice, body: string, arrivedAtMs: number): void {
    const { history, profile, claims, token } = this.#around;
    const { event, client } = notice;
    const owner = claims.ownerOf(client);
    if (client !== null && owner !== undefined && owner !== token) {
      if (event === "leave" && countsNotices(profile.notice)) claims.overheard(client, this.#listener, body);
      return;
    }
    // Sessions that never identified may be announced without a name, anywhere in the run; once each.
    const mayBeNameless = event === "leave" && profile.unidentified !== "silent";
    if (client === null && mayBeNameless && (this.#namelessHeard += 1) <= this.#namelessDue()) return;
    const claimedBy = owner === undefined ? "nobody" : "this-case";
    // Strangers come as they like, and a list may be full of them.
    if (claimedBy === "nobody" && event === "join" && !this.#mayBeOurs(client)) return;
    history.add({ kind: "notice", actor: this.#actor, ...notice, body, claimedBy }, arrivedAtMs);
  }
}
