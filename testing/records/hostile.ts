import type { RunRecord } from "../../harness/judge/record.ts";

/** Strings of a target, a page or a profile that might break a report or mislead its reader. */
export const hostileStrings: readonly string[] = [
  "<script>globalThis.owned = 1</script>",
  '"><img src="http://127.0.0.1:9/x" onerror="globalThis.owned = 1">',
  "' onmouseover='globalThis.owned = 1",
  "</style></title></textarea><script>globalThis.owned = 1</script>",
  "--><svg onload=globalThis.owned=1>",
  "]]></failure></testcase><evil/>",
  "&lt;b&gt; &amp; &#0; &unknown;",
  "javascript:globalThis.owned=1",
  "url(http://127.0.0.1:9/x); } * { display: none } /*",
  "{{constructor.constructor('globalThis.owned=1')()}} ${globalThis.owned=1}",
  "\u0000\u0001\u0007\u001B[31mred\u001B[0m\u001B]0;title\u0007\u007F\u0085",
  "line one\r\nline two\u2028line three\ttab",
  "\u202Egnp.exe\u2066 isolate \u200B\uFEFF",
  "\u05D0\u05D1\u05D2 \u0645\u0631\u062D\u0628\u0627 (12) [34]",
  "\uD800 a lone half \uDC00, \uFFFE and \uFFFF",
  `Z${"\u0300\u0316\u0327".repeat(60)}algo`,
  "\u{1F469}\u200D\u{1F469}\u200D\u{1F467}\u200D\u{1F466} \uD55C\uAD6D\uC5B4 \u{1F3F3}\uFE0F\u200D\u{1F308}",
  "W".repeat(3000),
  "",
  "__proto__",
];

/** Keys of strings that the record's type fixes. */
const fixed = new Set([
  "phase",
  "kind",
  "level",
  "basis",
  "verdict",
  "outcome",
  "startedAt",
  "event",
  "confirmedBy",
  "claimedBy",
  "ends",
]);

/** Axes that reports read by name. */
const knownAxes = new Set(["transport", "phase"]);

/** Replaces every free string of a record. Equal strings stay equal, so that references hold. */
export function withStrings(record: RunRecord, replace: (original: string) => string): RunRecord {
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === "string") return fixed.has(key) ? value : replace(value);
    if (Array.isArray(value)) return value.map((item) => walk(item, key));
    if (typeof value !== "object" || value === null) return value;
    const open = key === "profile" || key === "axes";
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        open && !knownAxes.has(name) ? replace(name) : name,
        walk(inner, open && name !== "phase" ? "" : name),
      ]),
    );
  };
  return {
    ...(walk(record, "") as RunRecord),
    tool: { name: "hangup", version: replace(record.tool.version) },
  };
}

/** Appends a megabyte to every free string of a record. */
export function madeHuge(record: RunRecord): RunRecord {
  return withStrings(record, (original) => original + "<b>".repeat(350_000));
}

/** Makes every free string of a record hostile, and the first note a megabyte long. */
export function madeHostile(record: RunRecord): RunRecord {
  const places = new Map<string, number>();
  const poison = (original: string): string => {
    const place = places.get(original) ?? places.size;
    places.set(original, place);
    return `${hostileStrings[place % hostileStrings.length] ?? ""}${original}`;
  };
  const poisoned = withStrings(record, poison);
  return { ...poisoned, notes: ["<b>".repeat(350_000), ...poisoned.notes, ...hostileStrings] };
}
