/** Style rules of all pages. Contains no string of any record. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #fff; --ink: #1b1d21; --soft: #5b626b; --line: #dfe2e6; --shade: #f5f6f8;
  --pass: #17714a; --fail: #b3261e; --inconclusive: #8a5a00; --not-applicable: #6b727b;
  --sans: -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15171b; --ink: #e4e6e9; --soft: #9aa2ac; --line: #2d3239; --shade: #1d2025;
    --pass: #62c595; --fail: #ff8f84; --inconclusive: #e6b450; --not-applicable: #8f97a1;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0 auto; max-width: 70rem; padding: 0 clamp(1rem, 4vw, 3rem) 5rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.55 var(--sans); font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
  -webkit-text-size-adjust: 100%;
}
h1, h2, h3, p, ul, dl, dd, figure { margin: 0; padding: 0; }
ul { list-style: none; }
a { color: inherit; text-decoration-color: var(--line); text-underline-offset: .2em; }
a:hover { text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--ink); outline-offset: 3px; }
code, pre { font-family: var(--mono); font-size: .875em; unicode-bidi: isolate; }
small, .aside, cite { font-size: .875rem; color: var(--soft); font-style: normal; }
.cut { font: italic .8125rem var(--sans); color: var(--soft); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.pass { --accent: var(--pass); } .fail { --accent: var(--fail); }
.inconclusive { --accent: var(--inconclusive); } .not-applicable { --accent: var(--not-applicable); }

.masthead { border-top: 6px solid var(--accent); padding-top: 1.5rem; }
.kicker { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 2rem; font-size: .875rem; color: var(--soft); }
h1 { margin: 2.5rem 0 .75rem; font-size: clamp(2.25rem, 6vw, 3.5rem); line-height: 1.05; font-weight: 650; letter-spacing: -.025em; color: var(--accent); }
.lede { font-size: 1.25rem; line-height: 1.4; }
.lede code { font-size: .8em; color: var(--soft); }
.tally { margin-top: 2rem; }
.tally svg { display: block; }
.tally rect { fill: var(--accent); }
.tally .not-applicable { opacity: .45; }
.tally li.not-applicable { opacity: 1; }
.tally ul { display: flex; flex-wrap: wrap; gap: .25rem 2rem; margin-top: .75rem; }
.tally li { color: var(--accent); }
.notes { margin-top: 1.5rem; border-left: 3px solid var(--inconclusive); padding-left: 1rem; }
.notes li + li { margin-top: .5rem; }

nav { display: flex; flex-wrap: wrap; gap: .25rem 1.75rem; margin-top: 2.5rem; font-size: .875rem; }
main > section { margin-top: 4rem; }
h2 { padding-bottom: .5rem; border-bottom: 1px solid var(--ink); font-size: 1.375rem; line-height: 1.2; font-weight: 650; letter-spacing: -.01em; }
h2 small { margin-left: .25rem; font-weight: 400; font-size: 1rem; }
h2 + .aside { margin-top: .75rem; max-width: 44rem; }
h3 { font-size: 1.125rem; line-height: 1.35; font-weight: 600; }

.sign { color: var(--accent); font-weight: 700; }
.verdict { color: var(--accent); white-space: nowrap; }

.particulars { display: flex; flex-wrap: wrap; gap: .125rem 1.25rem; margin-top: .25rem; font-size: .875rem; color: var(--soft); }
h4 { margin: 0; font-size: 1rem; font-weight: 600; }
.binding { margin-left: .75rem; font-weight: 400; font-size: .8125rem; color: var(--soft); white-space: nowrap; }
cite::before { content: "\\2014\\00a0"; }
.versus { display: grid; grid-template-columns: 1fr 1fr; gap: 1px; margin: .75rem 0 .5rem; border: 1px solid var(--line); background: var(--line); }
.versus > div { padding: .75rem 1rem; background: var(--paper); }
.versus dt, thead th { font-size: .8125rem; font-weight: 400; color: var(--soft); }
.versus .fail dt, .versus .fail dd { color: var(--accent); }
.steps { margin: .75rem 0; padding-left: 1.25rem; list-style: disc; }

table { width: 100%; border-collapse: collapse; }
th, td { padding: .5rem .75rem .5rem 0; text-align: start; vertical-align: baseline; font-weight: 400; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
.number { text-align: end; white-space: nowrap; }
summary { cursor: pointer; padding: .375rem 0; }
summary span { color: var(--soft); }

.timeline { margin-top: 1rem; }
.timeline summary { font-size: .875rem; color: var(--soft); }
.timeline table { font-size: .875rem; line-height: 1.45; }
.timeline td { padding-top: .25rem; padding-bottom: .25rem; }
.timeline td:first-child, .timeline th:first-child { width: 5rem; padding-left: .5rem; }
.timeline td:nth-child(2) { width: 6rem; }
.timeline .evidence { background: color-mix(in srgb, var(--fail) 9%, transparent); box-shadow: inset 3px 0 var(--fail); }
.timeline .fault, .timeline .witness { background: var(--shade); box-shadow: inset 3px 0 var(--line); }
.mark { margin-right: .5rem; font-weight: 600; }
.evidence .mark { color: var(--fail); }
.gap td { color: var(--soft); text-align: center; font-style: italic; }

.requirements tbody th { width: 17rem; }
.requirements .binding { display: block; margin: .125rem 0 0; }
.requirements td:first-child { width: 9rem; }
.requirements td.number { white-space: normal; }
.requirements th code { font-weight: 600; }
:target { scroll-margin-top: 1rem; }
tr:target { background: var(--shade); }

.latency { margin-top: 1rem; }
.latency li, .axis { display: grid; grid-template-columns: 14rem 1fr 12rem; gap: 1.5rem; align-items: center; }
.latency li { border-bottom: 1px solid var(--line); }
.latency small { display: block; line-height: 1.3; }
.latency svg { display: block; overflow: visible; }
.plot { position: relative; align-self: stretch; min-height: 2.125rem; }
.plot > svg { position: absolute; inset: 0; }
.cause, .figures { padding: .375rem 0; line-height: 1.3; }
.figures { text-align: end; white-space: nowrap; }
.figures b.fail { display: block; }
.figures .fail, figcaption .fail { color: var(--accent); }
.grid { stroke: var(--line); }
.reach, .window { opacity: .11; }
.reach:not([fill]), .window:not([fill]) { fill: var(--pass); }
.latency stop { stop-color: var(--pass); }
.latency .faded { stop-opacity: 0; }
.edge { stroke: var(--pass); opacity: .7; }
.dot { fill: var(--pass); fill-opacity: .75; stroke: var(--paper); }
.never path { stroke: var(--fail); stroke-width: 2.5; }
.dot.outside { fill: var(--paper); fill-opacity: 1; stroke: var(--fail); stroke-width: 2.5; }
.axis text { fill: var(--soft); font-size: .8125rem; }
figcaption { margin-top: 1rem; max-width: 52rem; font-size: .875rem; color: var(--soft); }

.folder { margin-top: .75rem; }
.scenario { margin: .75rem 0 0 1rem; }
.scenario h3 { font-size: 1rem; }
.scenario h3 small { display: block; font-weight: 400; }
.scenario ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 0 1.5rem; }
.scenario li { font-size: .875rem; }
.scenario li::first-letter { color: var(--accent); font-weight: 700; }
.scenario li:has(.timeline) { grid-column: 1 / -1; }
.scenario li a { text-decoration: none; }
.scenario small { font-size: .75rem; }

.reasons li > a { margin-right: .5rem; }
.reasons li { padding: .5rem 0; border-bottom: 1px solid var(--line); }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 1rem 2rem; margin: 1rem 0 1.5rem; }
.facts dt { font-size: .8125rem; color: var(--soft); }
#section\\:run h3 { margin-top: 1.5rem; }
#section\\:run details { margin-top: 1.5rem; }
pre { margin: .5rem 0 0; padding: 1rem; background: var(--shade); white-space: pre-wrap; }

@media (max-width: 44rem) {
  .versus { grid-template-columns: 1fr; }
  .timeline td:first-child, .timeline th:first-child { width: 4rem; padding-left: .25rem; }
  .timeline td:nth-child(2) { width: 4.75rem; }
  .latency li, .axis { grid-template-columns: 1fr auto; gap: 0 1rem; padding: .25rem 0; }
  .plot, .axis > svg { grid-column: 1 / -1; grid-row: 2; }
  .requirements thead { display: none; }
  .requirements tr { display: grid; grid-template-columns: 1fr auto; padding: .75rem 0; border-bottom: 1px solid var(--line); }
  .requirements td, .requirements tbody th { grid-column: 1 / -1; width: auto; padding: 0; border: 0; }
  .requirements td:first-child { grid-column: 1; }
  .requirements .number { grid-area: 1 / 2; color: var(--soft); }
  .requirements .number::before { content: "cases "; }
  .requirements .binding { margin-bottom: .25rem; }
}
@media print {
  nav { display: none; }
  body { max-width: none; padding: 0; font-size: 9pt; }
  h2, h3, summary { break-after: avoid; }
  tr, .versus, .latency li { break-inside: avoid; }
}
`;
