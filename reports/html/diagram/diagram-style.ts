/** Largest number of lifelines: the leaver, its proxy, the target and three others. */
const lanesMax = 6;

const upTo = (first: number, rule: (number: number) => string): string =>
  Array.from({ length: lanesMax - first + 1 }, (_, place) => rule(first + place)).join(" ");

/** Middle of a lane. */
const middle = "(var(--at) + .5) * 100% / var(--lanes)";

/** Style rules of sequence diagrams. Lanes share the width, so that a diagram fits any screen. */
export const diagramStyle = `
.sequence { margin-top: 1.25rem; --room: 4.75rem; }
.sequence .story { margin-bottom: .75rem; font-weight: 600; max-width: 52rem; text-wrap: balance; }
${upTo(1, (n) => `.lanes-${n} { --lanes: ${n}; max-width: calc(var(--room) + ${n} * 14rem); }`)}
${upTo(0, (n) => `.at-${n} { --at: ${n}; }`)}
${upTo(1, (n) => `.over-${n} { --over: ${n}; }`)}
.sequence ol { margin: 0; padding: 0; list-style: none; }
.sequence li, .heads { --bg: var(--paper); display: grid; grid-template-columns: var(--room) minmax(0, 1fr); background: var(--bg); font-size: .8125rem; line-height: 1.35; }
.heads { position: sticky; top: 0; z-index: 2; padding: .25rem 0; border-bottom: 1px solid var(--line); }
.heads .track { display: grid; grid-template-columns: repeat(var(--lanes), minmax(0, 1fr)); text-align: center; background: none; }
.heads b, .heads small { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
.heads small { font-size: .75rem; line-height: 1.2; }
.sequence .time { padding: .1875rem .75rem .1875rem 0; font-size: .75rem; text-align: end; color: var(--soft); white-space: nowrap; }
.sequence .time b { display: block; line-height: 1.1; color: var(--fail); }
.track { position: relative; padding: .1875rem 0; background: linear-gradient(90deg, transparent calc(50% - .75px), var(--line) 0 calc(50% + .75px), transparent 0) 0 0 / calc(100% / var(--lanes)) 100%; }
.arrow .track { padding-bottom: .75rem; }
.track > i { position: absolute; left: calc(${middle}); }
.track .gone { inset-block: 0; width: 3px; margin-left: -1.5px; background: repeating-linear-gradient(var(--soft) 0 2px, var(--bg) 2px 6px); }
.label { position: relative; display: block; width: fit-content; }
.label > bdi, .edge > .label, .break .label { background: var(--bg); box-decoration-break: clone; -webkit-box-decoration-break: clone; }
.label.above { margin-left: min(calc(${middle} + .5rem), 65%); }
.label.after { margin-left: calc(${middle} + .75rem); }
.label.before { margin: 0 calc(100% - ${middle} + .75rem) 0 auto; text-align: end; }
.label.all, .break .label { font-style: italic; color: var(--soft); }
.opens .label, .closes .label { color: var(--pass); background: var(--bg); }
.opens .track, .closes .track { border-top: 1px dashed var(--pass); }
.shaft { bottom: .375rem; width: calc(var(--over) * 100% / var(--lanes)); border-top: 1.5px solid var(--ink); }
.shaft::after { content: ""; position: absolute; top: -4.5px; width: 7px; height: 7px; border: solid var(--ink); border-width: 1.5px 1.5px 0 0; }
.forth::after { right: 0; transform: rotate(45deg); }
.back::after { left: 0; transform: rotate(-135deg); }
.point, .break, .opens, .closes { min-height: 1.5rem; }
.spot, .diamond { top: .375rem; width: 9px; height: 9px; margin-left: -4.5px; border-radius: 50%; background: var(--soft); }
.diamond { border: 1.5px solid var(--ink); border-radius: 0; transform: rotate(45deg); background: var(--bg); }
.fault .diamond { background: var(--ink); }
.fault .label { font-weight: 600; }
.sequence .due { --bg: color-mix(in srgb, var(--pass) 11%, var(--paper)); }
.sequence .evidence { --bg: color-mix(in srgb, var(--fail) 11%, var(--paper)); }
.evidence .shaft, .evidence .shaft::after { border-color: var(--fail); }
.evidence .spot, .evidence.fault .diamond { background: var(--fail); }
.evidence .diamond { border-color: var(--fail); }
.beyond { display: none; }
.sequence figcaption { margin-top: .5rem; }
@media (max-width: 44rem) {
  .sequence { --room: 3.375rem; }
  .sequence .time { padding-right: .375rem; font-size: .6875rem; }
  ${upTo(1, (n) => `.narrow-${n} { --lanes: ${n}; }`)}
  .sequence .extra { display: none; }
  .sequence .beyond { display: inline; }
  .track { overflow-x: clip; }
  .track .label:has(.beyond) { margin-inline: 0; text-align: start; }
  .label.above { margin-left: min(calc(${middle} + .5rem), 40%); }
}
@media print {
  .heads { position: static; }
  .sequence li { break-inside: avoid; }
  .sequence li, .track, .track > i { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
