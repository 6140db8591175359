import { gzipSync } from "node:zlib";
import { sentenceOf, type HistoryEvent } from "../../harness/history/events/events.ts";
import type { CaseRecord } from "../../harness/judge/record.ts";
import { causalOrder } from "../read/causal-order.ts";
import { evidenceOf } from "../read/record-queries.ts";
import { markOf, type Mark } from "../read/timeline.ts";
import { show } from "../words/text.ts";
import { caseAnchor } from "./anchor.ts";

/** Part of a sentence: own words, or a value of the record with its full length if it was cut. */
type PackedPart = string | { readonly value: string; readonly cutFrom?: number; readonly isCode?: true };

/** Event as the page's script shows it. The script inserts each string as text. */
interface PackedEvent {
  readonly at: string;
  readonly actor: string;
  readonly mark?: Exclude<Mark, "none">;
  readonly says: readonly PackedPart[];
}

/** Number of cases that are compressed together. */
const chunkCases = 20;

/** Maximum number of events of a case. The stored history has all. */
const eventsMax = 400;

/** Characters shown of a value from the wire. Frames are usually shorter, so they are shown whole. */
const wireMax = 2_000;

/**
 * Packs the histories of cases for the page: each text is base64 of gzip of JSON, from a case's element id to its
 * events. The cases that did not pass come first.
 * @param eventsOf returns the events of a case; undefined if they are not at hand
 * @param sizeMax maximum number of characters; cases beyond it are left out
 */
export function packHistories(
  cases: readonly CaseRecord[],
  eventsOf: (run: CaseRecord) => readonly HistoryEvent[] | undefined,
  sizeMax: number,
): readonly string[] {
  const wanted = cases.toSorted(
    (a, b) => Number(a.timeline === undefined) - Number(b.timeline === undefined),
  );
  const packed: string[] = [];
  let size = 0;
  for (let from = 0; from < wanted.length; from += chunkCases) {
    const entries = wanted.slice(from, from + chunkCases).flatMap((run) => {
      const events = run.timeline ?? eventsOf(run);
      return events === undefined ? [] : [[caseAnchor(run), packEvents(events, evidenceOf(run))] as const];
    });
    if (entries.length === 0) continue;
    const text = gzipSync(JSON.stringify(Object.fromEntries(entries)), { level: 9 }).toString("base64");
    if (size + text.length > sizeMax) break;
    size += text.length;
    packed.push(text);
  }
  return packed;
}

function packEvents(events: readonly HistoryEvent[], evidence: ReadonlySet<number>): readonly PackedEvent[] {
  return causalOrder(events)
    .slice(0, eventsMax)
    .map((event) => {
      const mark = markOf(event, evidence);
      return {
        at: event.atMs.toFixed(1),
        actor: show(event.actor, 40).text,
        ...(mark === "none" ? {} : { mark }),
        says: sentenceOf(event).map((part): PackedPart => {
          if (typeof part === "string") return part;
          const isCode = part.from === "wire";
          const { text, cutFrom } = show(part.value, isCode ? wireMax : part.max);
          return {
            value: text,
            ...(cutFrom === null ? {} : { cutFrom }),
            ...(isCode ? { isCode } : {}),
          };
        }),
      };
    });
}
