/** What the kill matrix adds to the report's style sheet. It holds no string of any record. */
export const matrixStyle = `
body { max-width: 110rem; }
main > section:not(#section\\:matrix), .masthead .lede, .notes { max-width: 62rem; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.75rem; margin: .75rem 0; font-size: .875rem; color: var(--soft); }
.legend b { display: inline-block; min-width: 1rem; text-align: center; }
.legend b:empty { height: .9em; border: 1px solid var(--line); vertical-align: -.1em; }

.matrix { max-height: 94vh; max-width: max-content; overflow: auto; border: 1px solid var(--line); overflow-wrap: normal; }
.matrix table { width: auto; border-collapse: separate; border-spacing: 0; font-size: .8125rem; line-height: 1.2; }
.matrix th, .matrix td { padding: 0; background: var(--paper); border-bottom: 1px solid var(--line); }
.matrix thead th { position: sticky; top: 0; z-index: 2; vertical-align: bottom; height: 1px; }
.matrix thead th > div {
  writing-mode: vertical-rl; transform: rotate(180deg); display: inline-block;
  padding: .375rem .1875rem; white-space: nowrap; line-height: 1.25; text-align: start;
}
.matrix thead code, .matrix thead small { display: block; font-size: .75rem; }
.matrix thead code { color: var(--ink); }
.matrix tbody th, .matrix tfoot th, .matrix thead th:first-child {
  position: sticky; left: 0; z-index: 1; padding: .1875rem .75rem .1875rem .5rem; white-space: nowrap; border-right: 1px solid var(--line);
}
.matrix thead th:first-child { z-index: 3; padding-bottom: .375rem; }
.matrix tbody a { text-decoration: none; }
.matrix tbody th a:hover { text-decoration: underline; }
.matrix td { text-align: center; vertical-align: middle; }
.matrix .begins { border-left: 1px solid var(--line); }
.matrix td > a, .matrix td > span { display: block; padding: .1875rem 0; }
.matrix tbody tr:hover > * { background: var(--shade); }
.matrix tfoot > tr > * { position: sticky; bottom: 0; z-index: 1; border-top: 1px solid var(--line); color: var(--soft); }
.matrix tfoot th { z-index: 2; }
.matrix tfoot .fail { color: var(--fail); font-weight: 700; }
.expected, .also { color: var(--pass); }
.matrix td.expected { background: color-mix(in srgb, var(--pass) 14%, var(--paper)); }
.unexpected { color: var(--fail); font-weight: 700; }
.matrix td.unexpected { background: color-mix(in srgb, var(--fail) 14%, var(--paper)); }
.passed { color: var(--soft); }
.open { color: var(--inconclusive); }

#section\\:wrong h3, #section\\:idle h3 { margin: 1.5rem 0 .25rem; }
#section\\:wrong li > a { margin: 0; }
h3 small { margin-left: .25rem; font-weight: 400; }
.found { font-size: .875rem; }
.found > :not(summary) { margin-left: 1rem; }
.found > div { scroll-margin-top: 4rem; }
.found:has(:target) > summary { background: var(--shade); }

@media (max-width: 44rem) {
  .matrix tbody th, .matrix tfoot th { max-width: 45vw; overflow: hidden; text-overflow: ellipsis; }
}
@media print {
  .matrix { max-height: none; overflow: visible; border: 0; }
  .matrix thead th, .matrix tbody th, .matrix tfoot > tr > * { position: static; }
}
`;
