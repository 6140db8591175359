/** @jsxRuntime automatic @jsxImportSource preact */
import type { RunRecord } from "../../harness/judge/record.ts";
import { medianMs, scaleOf, slowestMs, stripsOf, timingOf, type Scale, type Strip } from "../read/latency.ts";
import { causeInWords } from "../groups/causes-in-words.ts";
import { count, countOf, duration } from "../words/text.ts";
import { Drawing, Fade, percent } from "./cases/strip.tsx";
import { Value } from "./cases/value.tsx";

/** Maximum number of causes in the drawing. */
const stripsMax = 60;

/** Delay of each leave, against the window in which it was due. */
export function Latency({ record }: { readonly record: RunRecord }) {
  const strips = stripsOf(record.cases);
  const drawn = strips.slice(0, stripsMax);
  if (drawn.length === 0) return <p class="aside">No leave was timed in this run.</p>;
  const scale = scaleOf(drawn);
  return (
    <figure class="latency">
      <Fade />
      <ul>
        {drawn.map((strip) => (
          <Row of={strip} scale={scale} />
        ))}
      </ul>
      <Axis scale={scale} />
      {strips.length > drawn.length ? (
        <p class="aside">{countOf(strips.length - drawn.length, "further cause")} not drawn.</p>
      ) : null}
      <Legend />
    </figure>
  );
}

function Row({ of: strip, scale }: { readonly of: Strip; readonly scale: Scale }) {
  const outside = strip.detections.filter((one) => timingOf(one) !== "in time").length;
  const { fromMs, toMs } = strip.reach;
  const window = windowWords(fromMs, toMs);
  const never = neverWords(strip);
  const noun = causeInWords(strip.cause);
  return (
    <li>
      <span class="cause">
        <Value of={strip.cause} max={60} />
        <small>
          {noun === strip.cause ? "" : `${noun}; `}
          {window}
        </small>
      </span>
      <span class="plot">
        <Drawing
          of={strip}
          scale={scale}
          label={[
            countOf(strip.detections.length, "detection"),
            window,
            `${count(outside)} outside`,
            ...(never === undefined ? [] : [never]),
          ].join(", ")}
        />
      </span>
      <span class="figures">
        {never === undefined ? null : <b class="fail">{never}</b>}
        {strip.detections.length === 0 ? null : (
          <>
            <b>{duration(medianMs(strip))}</b>
            <small class={outside > 0 ? "fail" : undefined}>{figures(strip, outside)}</small>
          </>
        )}
      </span>
    </li>
  );
}

/** Returns the number of due leaves that never came; undefined if all came. */
export function neverWords({ detections, missed }: Strip): string | undefined {
  if (missed.length === 0) return undefined;
  return `never: ${count(missed.length)} of ${count(detections.length + missed.length)}`;
}

function figures(strip: Strip, outside: number): string {
  const seen = strip.detections.length;
  const how = outside > 0 ? `${count(outside)} of ${count(seen)} outside` : `${count(seen)} seen`;
  return seen === 1 && outside === 0 ? "seen once" : `${how}, slowest ${duration(slowestMs(strip))}`;
}

function windowWords(fromMs: number | null, toMs: number): string {
  if (fromMs === null) return `due by ${duration(toMs)}, earliest unknown`;
  return fromMs === 0 ? `due by ${duration(toMs)}` : `due ${duration(fromMs)} to ${duration(toMs)}`;
}

function Axis({ scale }: { readonly scale: Scale }) {
  return (
    <div class="axis" aria-hidden="true">
      <span />
      <svg width="100%" height="20">
        {scale.ticksMs.map((tick, place) => (
          <text x={percent(scale.at(tick))} y="14" text-anchor={place === 0 ? "start" : "middle"}>
            {duration(tick)}
          </text>
        ))}
      </svg>
      <span />
    </div>
  );
}

function Legend() {
  return (
    <figcaption>
      Time from the end of a session to the moment an observer heard of it; the scale is logarithmic. A dot is
      a detection, the band the window in which it was due; outside of it the dot is{" "}
      <b class="fail">a red ring</b>. <b class="fail">A red cross</b> at the right end stands for leaves that
      never came. A band that fades out to the left has no known beginning; a paler part holds for some of the
      sessions only. The figures on the right are medians of those that came.
    </figcaption>
  );
}
