/** @jsxRuntime automatic @jsxImportSource preact */
import { groupBy } from "../../read/record-queries.ts";
import { timingOf, type Scale, type Strip } from "../../read/latency.ts";
import { count, duration } from "../../words/text.ts";

const fadeId = "latency:fade";

interface StripProps {
  readonly of: Strip;
  readonly scale: Scale;
}

/** Strip of one cause: the window as a band, each detection as a dot. `label` is the same in words. */
export function Drawing({ of: strip, scale, label }: StripProps & { readonly label: string }) {
  return (
    <svg width="100%" height="100%" role="img" aria-label={label}>
      <Grid scale={scale} />
      <svg y="50%" overflow="visible">
        <Window of={strip} scale={scale} />
        <Dots of={strip} scale={scale} />
        {strip.missed.length === 0 ? null : <Never />}
      </svg>
    </svg>
  );
}

function Grid({ scale }: { readonly scale: Scale }) {
  return (
    <>
      {scale.ticksMs.map((tick) => (
        <line class="grid" x1={percent(scale.at(tick))} x2={percent(scale.at(tick))} y1="0" y2="100%" />
      ))}
    </>
  );
}

/** Band of a window. It fades out on a side without a known edge. */
function Window({ of: { reach, common }, scale }: StripProps) {
  const open = reach.fromMs === null;
  const from = scale.at(reach.fromMs ?? 0);
  const to = scale.at(reach.toMs);
  const inner = { from: open ? from : scale.at(common.fromMs ?? 0), to: scale.at(common.toMs) };
  return (
    <>
      <Band kind="reach" from={from} to={to} open={open} />
      <Band kind="window" from={inner.from} to={inner.to} open={open} />
      {open ? null : <Edge at={from} />}
      <Edge at={to} />
    </>
  );
}

function Band(props: {
  readonly kind: string;
  readonly from: number;
  readonly to: number;
  readonly open: boolean;
}) {
  const { kind, from, to, open } = props;
  if (to <= from) return null;
  return (
    <rect
      class={kind}
      x={percent(from)}
      width={percent(to - from)}
      y="-10"
      height="20"
      fill={open ? `url(#${fadeId})` : undefined}
    />
  );
}

function Edge({ at }: { readonly at: number }) {
  return <line class="edge" x1={percent(at)} x2={percent(at)} y1="-13" y2="13" />;
}

/** Cross at the end of the axis, for leaves that never came. */
function Never() {
  return (
    <svg class="never" x="100%" overflow="visible">
      <path d="M-16,-6 L-4,6 M-16,6 L-4,-6" />
    </svg>
  );
}

/** Gradient of one-sided bands, defined once for all strips. */
export function Fade() {
  return (
    <svg class="unseen" aria-hidden="true">
      <linearGradient id={fadeId}>
        <stop offset="0" class="faded" />
        <stop offset="0.6" />
      </linearGradient>
    </svg>
  );
}

/** Detections as dots. Dots that would overlap become one larger dot. */
function Dots({ of: { detections }, scale }: StripProps) {
  const spots = groupBy(
    detections.map((one) => ({
      at: percent(Math.round(scale.at(one.latencyMs) * 4) / 4),
      timing: timingOf(one),
      one,
    })),
    ({ at, timing }) => `${at} ${timing}`,
  );
  return (
    <>
      {[...spots.values()].map((spot) => {
        const [first] = spot;
        if (first === undefined) return null;
        const radius = Math.min(8, 3.5 + Math.log2(spot.length));
        const words = `${duration(first.one.latencyMs)}, ${first.timing}${spot.length > 1 ? `, ${count(spot.length)} like it` : ""}`;
        return (
          <circle
            class={first.timing === "in time" ? "dot" : "dot outside"}
            cx={first.at}
            r={radius.toFixed(1)}
          >
            <title>{words}</title>
          </circle>
        );
      })}
    </>
  );
}

/** Renders a position on the axis for SVG. */
export function percent(share: number): string {
  return `${share.toFixed(2)}%`;
}
