import type { NewEvent } from "../../history/events/events.ts";
import type { Notice } from "../../history/notice-kind.ts";
import { countsNotices, NoticeReader } from "../../history/notice.ts";
import { lateToleranceMs } from "../../history/lateness.ts";
import { isProbe, probeOf } from "../../history/probe-message.ts";
import { visibleDeadlineMaxMs } from "../../history/sessions/windows.ts";
import { mayConcern } from "../actor/notice-recorder.ts";
import type { NoticeSink } from "../actor/notice-sink.ts";
import { clientOf, type CaseContext } from "../case-context.ts";
import { addAt } from "./shared-clock.ts";

/** Takes a leave of a shared client, with its time on the shared clock in milliseconds. */
export type OnSharedLeave = (client: string, leave: NewEvent, atMs: number) => void;

/** Reads the messages of one shared observer once, and records each notice in the histories of the cases that it concerns. */
export class SharedNotices implements NoticeSink {
  readonly #observer: string;
  readonly #run: CaseContext;
  readonly #reader: NoticeReader;
  readonly #onSharedLeave: OnSharedLeave;
  readonly #attached = new Map<string, CaseContext>();
  #namelessDue = () => 0;
  #namelessHeard = 0;
  #hasHeard = false;

  /** @param onSharedLeave called for a leave of a shared client that no attached case shares */
  constructor(observer: string, run: CaseContext, onSharedLeave: OnSharedLeave) {
    this.#observer = observer;
    this.#run = run;
    this.#onSharedLeave = onSharedLeave;
    // The topic has no placeholders, so these values do not matter.
    this.#reader = new NoticeReader(run.profile, { client: clientOf(observer, run), room: run.token });
  }

  /** True once the observer has received a notice. */
  get hasHeard(): boolean {
    return this.#hasHeard;
  }

  get cases(): readonly CaseContext[] {
    return [...this.#attached.values()];
  }

  attach(context: CaseContext): void {
    this.#attached.set(context.token, context);
  }

  detach({ token }: CaseContext): void {
    this.#attached.delete(token);
  }

  start(): void {
    const { owners, profile } = this.#run;
    this.#namelessDue = owners.countNamelessEnds(visibleDeadlineMaxMs(profile) + lateToleranceMs);
  }

  record(destination: string, body: string, arrivedAtMs: number): void {
    const { history, token } = this.#run;
    const actor = this.#observer;
    if (isProbe(body)) {
      if (body.includes(probeOf(token))) history.add({ kind: "message", actor, destination, body });
      return;
    }
    const notices = this.#reader.read(body, destination);
    if (notices === undefined)
      this.#addTo(this.cases, { kind: "message", actor, destination, body }, arrivedAtMs);
    else this.#hasHeard = true;
    for (const notice of notices ?? []) this.#record(notice, body, arrivedAtMs);
  }

  #record(notice: Notice, body: string, arrivedAtMs: number): void {
    const { owners, profile, token } = this.#run;
    const { event, client } = notice;
    const actor = this.#observer;
    const owner = owners.ownerOf(client);
    if (client !== null && owner !== undefined) {
      const own = { kind: "notice", actor, ...notice, body, claimedBy: "this-case" } as const;
      if (owner === token) return this.#recordShared(client, own, arrivedAtMs);
      this.#addTo([this.#attached.get(owner) ?? []].flat(), own, arrivedAtMs);
      if (event === "leave" && countsNotices(profile.notice))
        owners.noteForeignLeave(client, { token, actor }, body);
      return;
    }
    // As many nameless leaves are excused as unidentified sessions ended.
    const mayBeNameless = event === "leave" && profile.unidentified !== "silent";
    if (client === null && mayBeNameless && (this.#namelessHeard += 1) <= this.#namelessDue()) return;
    const concerned = this.cases.filter((context) => mayConcern(notice, context));
    this.#addTo(concerned, { kind: "notice", actor, ...notice, body, claimedBy: "nobody" }, arrivedAtMs);
  }

  /** Records a notice of a sentinel for the cases that share it. The leave of an observer goes to `onSharedLeave`. */
  #recordShared(client: string, notice: NewEvent & { readonly event: string }, atMs: number): void {
    const sharing = this.cases.filter(({ adopted }) => adopted?.has(client) === true);
    this.#addTo(sharing, notice, atMs);
    if (notice.event === "leave" && sharing.length === 0) this.#onSharedLeave(client, notice, atMs);
  }

  #addTo(cases: readonly CaseContext[], event: NewEvent, atMs: number): void {
    for (const { history } of cases) addAt(history, event, atMs, this.#run.history);
  }
}
