import { diagramStyle } from "./diagram/diagram-style.ts";

/** Style rules of the report of one run. Contains no string of any record. */
export const reportStyle = `
[hidden] { display: none !important; }
.beside { margin: -.25rem 0 1rem; font-size: 1.5rem; line-height: 1.3; font-weight: 600; color: var(--accent); }
.masthead h1 { margin: 1.25rem 0 .5rem; font-size: clamp(1.375rem, 2.6vw, 1.75rem); line-height: 1.25; color: var(--ink); }
.masthead .lede { font-size: 1rem; }
.masthead .outcome { margin-top: 1.25rem; font-size: 1.375rem; line-height: 1.3; font-weight: 600; color: var(--accent); }

.everyday { margin-top: 1rem; overflow-wrap: normal; }
.everyday th, .everyday td { padding: .3125rem 1rem .3125rem 0; line-height: 1.35; }
.everyday tbody th { white-space: nowrap; }
.everyday tr.fail th { font-weight: 600; }
.everyday .answer { color: var(--accent); }
.everyday .answer.fail { font-weight: 700; }
.everyday tr.not-applicable { color: var(--not-applicable); }
.everyday td:last-child { width: 32%; font-size: .875rem; overflow-wrap: anywhere; color: var(--soft); }
.everyday details summary { padding: 0; }
.everyday details li { padding: .125rem 0; }
@media (max-width: 52rem) {
  .everyday thead th:not(:first-child) { display: none; }
  .everyday tr { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .everyday th, .everyday td { padding: 0; border: 0; text-align: start; }
  .everyday tbody th, .everyday td:last-child { flex-basis: 100%; width: auto; }
  .everyday tr.pass td:last-child { flex: 0 1 auto; }
  .everyday tr.pass :is([data-question=allowed], .answer) { display: none; }
  .everyday td[data-question]::before { content: attr(data-question) " "; color: var(--soft); font-weight: 400; font-size: .875rem; }
}

.hint { margin-top: .75rem; }
.scenario a, .scenario small { unicode-bidi: isolate; }
.diagnoses { margin: 1.5rem 0 0; padding: 0; list-style: none; }
.diagnoses h2 { padding: 0; border: 0; font-size: 1.125rem; line-height: 1.35; }
.diagnoses li { padding: .75rem 0 0 1.25rem; border-left: 3px solid var(--accent); }
.groups { margin: .5rem 0 0; padding: 0; list-style: none; }
.group { padding: .75rem 0 .75rem 1.25rem; border-left: 3px solid var(--accent); }
.groups > li + li { margin-top: .25rem; }
.group[open] { padding-bottom: 1.5rem; }
.further > summary { padding: .75rem 0; font-weight: 600; }
.group > summary { list-style-position: outside; }
.group > summary h3 { display: inline; }
.group > summary span, .group > summary b { display: block; font-size: .875rem; }
.group h3 span { display: inline; font-size: inherit; color: inherit; }
.group h3 .sign { color: var(--accent); }
.rule { margin-top: .25rem; max-width: 52rem; }
.rule b { font-weight: 600; }
.group .particulars b { color: var(--ink); }
.example { margin-top: .75rem; }
.example > .aside { margin-top: .75rem; }
.others { margin-top: .75rem; font-size: .875rem; }
.others li { padding: .25rem 0; border-bottom: 1px solid var(--line); }

#section\\:baseline h3 { margin-top: 1.5rem; }
.new-failures { font-size: 1.75rem; line-height: 1.2; font-weight: 650; color: var(--accent); }
#section\\:baseline li > a { margin: 0; }
#section\\:baseline li b { color: var(--fail); }
h3 small { margin-left: .25rem; font-weight: 400; }

.scroll { overflow-x: auto; max-width: 100%; }
${diagramStyle}
.find-again { margin-top: 1rem; }
.find-again dl { margin: .25rem 0 0; font-size: .875rem; }
.find-again dl > div { display: grid; grid-template-columns: 9rem minmax(0, 1fr); gap: 0 1rem; padding: .125rem 0; }
.find-again dt { color: var(--soft); }
.command { user-select: all; -webkit-user-select: all; }
.copy { padding: 0 .5rem; font: inherit; font-size: .8125rem; color: inherit; background: var(--shade); border: 1px solid var(--line); border-radius: 3px; cursor: pointer; }
@media (max-width: 44rem) { .find-again dl > div { grid-template-columns: 1fr; } }
@media print { .copy { display: none; } }
.advice { margin: 1rem 0; padding: .75rem 1rem; background: var(--shade); }
.advice pre { overflow-x: auto; white-space: pre; background: var(--paper); font-size: .8125rem; line-height: 1.4; }
.advice h3, .advice h4 { margin-top: .75rem; font-size: .875rem; }
.advice p, .advice li { max-width: 52rem; }
.advice ul { list-style: disc; padding-left: 1.25rem; }

.key { display: flex; flex-wrap: wrap; gap: .25rem 1.75rem; margin: .75rem 0; font-size: .875rem; color: var(--soft); }
table.heat { width: auto; border-collapse: separate; border-spacing: 0; overflow-wrap: normal; font-size: .8125rem; line-height: 1.2; }
.heat th, .heat td { padding: .5px; border: 0; vertical-align: middle; background: var(--paper); }
.heat thead th { vertical-align: bottom; text-align: start; padding: 0 0 .25rem; }
.heat thead th[scope=colgroup] { padding-left: 6px; color: var(--ink); }
.heat .upright { height: 1px; }
.heat .upright > div { writing-mode: vertical-rl; transform: rotate(180deg); display: inline-block; white-space: nowrap; text-align: start; font-size: .75rem; padding: 0 1px; }
.heat tbody th, .heat thead tr:first-child > th:first-child { position: sticky; left: 0; z-index: 1; padding-right: .5rem; white-space: nowrap; }
.heat tbody th { font-size: .75rem; }
.heat .begins { padding-left: 6px; }
.heat a, .heat i, .key.heat b { display: block; min-width: 17px; height: 17px; border-radius: 3px; text-align: center; line-height: 17px; font-weight: 700; text-decoration: none; }
.heat i { border: 1px dashed var(--line); }
.heat td:not([colspan]) > * { width: 17px; }
.key.heat i, .key.heat b { display: inline-block; vertical-align: middle; margin-right: .25rem; }
.heat .pass { color: var(--pass); background: color-mix(in srgb, var(--pass) 13%, var(--paper)); }
.heat .fail { color: var(--paper); background: var(--fail); }
.heat .inconclusive { color: var(--inconclusive); background: color-mix(in srgb, var(--inconclusive) 20%, var(--paper)); }
.heat .not-applicable { color: var(--not-applicable); background: var(--shade); }
.heat a:hover { outline: 2px solid var(--ink); }
.heat tbody tr:hover th { background: var(--shade); }

.filter { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 2rem; margin-top: 1rem; font-size: .875rem; }
.filter fieldset { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0; padding: 0; border: 0; }
.filter input[type=search] { width: 18rem; max-width: 100%; margin-left: .25rem; padding: .375rem .5rem; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 3px; }
.filter ::placeholder { color: var(--soft); opacity: 1; }
.filter input[type=checkbox] { accent-color: var(--ink); }
.filter [role=status] { min-width: 12rem; }

@media (max-width: 44rem) {
  .heat tbody th, .heat thead tr:first-child > th:first-child { max-width: 40vw; overflow: hidden; text-overflow: ellipsis; }
}
@media print {
  .filter { display: none; }
  .scroll { overflow: visible; }
  .hint { display: none; }
  main > section, nav { margin-top: 1rem; }
  .latency li { line-height: 1.2; }
  .cause, .figures { padding: 0; }
  .plot { min-height: 1.5rem; }
  .group, .group[open] { padding: .125rem 0 .125rem .75rem; }
  .group h3, .scenario h3 { font-size: 1em; }
  .requirements { font-size: .8em; line-height: 1.3; }
  .requirements th, .requirements td { padding-top: .125rem; padding-bottom: .125rem; }
  .requirements td:first-child { width: 5rem; }
  .requirements tbody th { width: 13rem; }
  .requirements cite { display: none; }
  .reasons li, .latency li { padding: .125rem 0; font-size: .8em; }
  .heat tbody th, .heat .upright > div, .heat thead th { font-size: .5rem; }
  .heat tbody th, .heat thead tr:first-child > th:first-child { position: static; }
  .heat .begins { padding-left: 4px; }
  .heat a, .heat i, .heat td:not([colspan]) > * { min-width: 11px; height: 12px; line-height: 12px; font-size: .5rem; }
  .heat td:not([colspan]) > * { width: 11px; }
  .heat a, .key.heat b { print-color-adjust: exact; }
}
`;
