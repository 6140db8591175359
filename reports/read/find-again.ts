import { sessionsOf, type Session } from "../../harness/history/sessions/sessions.ts";
import type { CaseRecord, RunRecord } from "../../harness/judge/record.ts";
import { visible } from "../words/text.ts";
import { castOf, endingsOf, playedIn } from "../sequence/cast.ts";
import { evidenceOf } from "./record-queries.ts";

/** Session to search for in the server's own log. */
export interface SearchedSession {
  readonly actor: string;
  readonly transport: string;
  /** Id of the transport's session; null if the transport has none. */
  readonly sessionId: string | null;
  /** Names under which the client identified, as notices have them. */
  readonly clients: readonly string[];
  /** Wall-clock time of its opening; undefined if the record does not know it. */
  readonly opened: string | undefined;
}

/** Facts by which a finding is found again: in the server's log, by another run, in the source. */
export interface FindAgain {
  /** Wall-clock time in UTC at which the leaver's end began, or else the case; undefined in records of earlier versions. */
  readonly at: { readonly time: string; readonly of: string } | undefined;
  /** Sessions of the leavers, or else of the actors in the evidence. */
  readonly sessions: readonly SearchedSession[];
  /** Command that runs the case again. Undefined if a shell could misread it. */
  readonly command: AgainCommand | undefined;
  /** File of the scenario in the source of hangup, and its address if the record knows it. */
  readonly source: { readonly file: string; readonly url: string | undefined } | undefined;
}

/** Command for a shell, on one line. */
export interface AgainCommand {
  readonly line: string;
  /** Addition to the command in words, if it needs one. */
  readonly remark: string | undefined;
}

/** Number of sessions, and of names of each, that are searched. */
const sessionsMax = 4;
const namesMax = 3;

/** Returns the facts by which a case that did not pass is found again. */
export function findAgain(run: CaseRecord, record: RunRecord): FindAgain {
  const events = run.timeline ?? [];
  const evidence = evidenceOf(run);
  const leaver = castOf(events, evidence)?.leaver;
  const endings = endingsOf(playedIn(events));
  const own = endings.filter(({ actor }) => actor === leaver);
  const end = own.find(({ index }) => evidence.has(index)) ?? own[0];
  const proving = events.filter(({ index }) => evidence.has(index));
  const actors = new Set((endings.length > 0 ? endings : proving).map(({ actor }) => actor));
  return {
    at: momentOf(run, end),
    sessions: sessionsOf(events)
      .filter(({ actor }) => actors.has(actor))
      .toSorted((a, b) => Number(b.actor === leaver) - Number(a.actor === leaver))
      .slice(0, sessionsMax)
      .map((session) => searched(session, run)),
    command: run.replay === undefined ? againCommand([run], record) : replayCommand(run.replay, record),
    source: sourceOf(run, record),
  };
}

function sourceOf({ scenario }: CaseRecord, { tool }: RunRecord): FindAgain["source"] {
  if (!/^[\w-]+(\/[\w-]+){1,4}$/.test(scenario)) return undefined;
  const file = `scenarios/${scenario}.ts`;
  const isLink = tool.source !== undefined && /^https:\/\/[\w./-]{1,200}$/.test(tool.source);
  return { file, url: isLink ? `${tool.source}/${file}` : undefined };
}

function momentOf(run: CaseRecord, end: { readonly atMs: number; readonly actor: string } | undefined) {
  const time = wallClock(run, end?.atMs ?? 0);
  if (time === undefined) return undefined;
  return { time, of: end === undefined ? "the case begins" : `${end.actor}'s end begins` };
}

const searched = ({ actor, opened, identified }: Session, run: CaseRecord): SearchedSession => ({
  actor,
  transport: opened.transport,
  sessionId: opened.sessionId,
  clients: [...new Set(identified.map(({ client }) => client))].slice(0, namesMax),
  opened: wallClock(run, opened.atMs),
});

/** Returns the wall-clock time of a moment of a case as `2026-11-22 08:33:12.250 UTC`; undefined if the record does not know it. */
export function wallClock({ startedAt }: CaseRecord, atMs: number): string | undefined {
  const time = startedAt === undefined ? NaN : Date.parse(startedAt) + atMs;
  if (!Number.isFinite(time) || Math.abs(time) > 8e15) return undefined;
  return new Date(time).toISOString().replace("T", " ").replace("Z", " UTC");
}

/** Scenarios that one command names. */
const scenariosMax = 4;

/**
 * Returns the command that runs these cases of a record again, and few others: one case by its id, several by their
 * scenarios. Undefined if a shell could misread an id, or there are too many scenarios.
 */
export function againCommand(runs: readonly CaseRecord[], record: RunRecord): AgainCommand | undefined {
  const scenarios = [...new Set(runs.map(({ scenario }) => scenario))];
  const [only] = runs;
  if (only === undefined || scenarios.length > scenariosMax) return undefined;
  const named = runs.length === 1 ? [only.id] : scenarios;
  if (!named.every((id) => /^[\w./=,[\]-]{1,300}$/.test(id))) return undefined;
  const found = named.length === 1 ? named.map(escaped).join("") : `(${named.map(escaped).join("|")})`;
  const pattern = runs.length === 1 ? `^${found}$` : `^${found}(\\[|$)`;
  const seed = scenarios.some((id) => id.startsWith("properties/")) ? ["--seed", String(record.seed)] : [];
  return commandOf(["run", ...(record.target.options ?? []), ...seed], `--grep '${pattern}'`, record);
}

const escaped = (id: string): string => id.replaceAll(/[.[\]]/g, "\\$&");

function replayCommand(file: string, record: RunRecord): AgainCommand | undefined {
  const command = commandOf(["replay", ...replayOptions(record)], file, record);
  if (command === undefined || !/^[\w./-]{1,160}$/.test(file)) return undefined;
  const { line, remark } = command;
  const profile =
    record.target.options?.includes("--profile") === true ? ["with the profile of this run"] : [];
  const remarks = ["in the report's folder", ...profile, ...(remark === undefined ? [] : [remark])];
  return { line, remark: remarks.join(", ") };
}

/** `replay` takes only these two options of `run`. A profile's path is relative to another folder than the replay's. */
function replayOptions({ target: { options = [] } }: RunRecord): readonly string[] {
  const place = options.indexOf("--url");
  return place < 0 ? [] : options.slice(place, place + 2);
}

/** Makes a command of words, which are quoted, and of its end, which is safe. */
function commandOf(words: readonly string[], end: string, { target }: RunRecord): AgainCommand | undefined {
  // Nothing that could end a quotation, or that a shell of Windows reads inside of it.
  if (!words.every((word) => /^[\w./:\\@+=,~?*-]{1,400}$/.test(word))) return undefined;
  const remark =
    target.options === undefined || target.options.length === 0
      ? "against the same target"
      : words.some((word) => word.includes("***"))
        ? "with the secrets of the address in place of ***"
        : undefined;
  return { line: ["npx hangup", ...words.map(quoted), end].join(" "), remark };
}

const quoted = (word: string): string => (/^[\w./:@+=,-]+$/.test(word) ? word : `'${word}'`);

/** Label and text of a line about a case. Lines with a command must not wrap, so that they can be copied. */
export interface AgainLine {
  readonly label: "when" | "log" | "again" | "source";
  readonly text: string;
}

/** Returns the facts of a case as lines of plain text, for reports without a page. */
export function findAgainLines(run: CaseRecord, record: RunRecord): readonly AgainLine[] {
  const { at, sessions, command, source } = findAgain(run, record);
  const log = sessions.map(sessionWords).filter((words) => words !== "");
  return [
    ...(at === undefined ? [] : [{ label: "when" as const, text: `${at.time}, ${visible(at.of)}` }]),
    ...(log.length === 0 ? [] : [{ label: "log" as const, text: log.join("; ") }]),
    ...(command === undefined ? [] : [{ label: "again" as const, text: commandWords(command) }]),
    ...(source === undefined ? [] : [{ label: "source" as const, text: source.url ?? source.file }]),
  ];
}

const commandWords = ({ line, remark }: AgainCommand): string =>
  remark === undefined ? line : `${line}  (${remark})`;

function sessionWords({ actor, sessionId, clients }: SearchedSession): string {
  const ids = [
    ...(sessionId === null ? [] : [`session ${shown(sessionId)}`]),
    ...clients.map((client) => `client ${shown(client)}`),
  ];
  return ids.length === 0 ? "" : `${ids.join(", ")} (${shown(actor)})`;
}

const shown = (value: string): string => visible(value.slice(0, 80));
