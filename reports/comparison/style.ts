/** Style rules of the comparison, added to those of the report. Contains no string of any record. */
export const comparisonStyle = `
.compared { --accent: var(--ink); }
.scroll { overflow-x: auto; max-width: 100%; }
.targets small, .targets th code { display: block; }
.targets th code { color: var(--soft); }
.compare { overflow-wrap: normal; }
.compare th, .compare td { padding-right: 1.5rem; }
.compare td, .compare thead th + th { padding-left: .5rem; }
.compare thead th { min-width: 8rem; max-width: 14rem; vertical-align: bottom; font-weight: 600; color: var(--ink); overflow-wrap: anywhere; }
.compare tbody th { min-width: 16rem; max-width: 26rem; overflow-wrap: anywhere; }
.compare tbody th > code { font-weight: 600; }
.compare th small, .compare td > small { display: block; }
.compare .trouble { background: color-mix(in srgb, var(--accent) 9%, var(--paper)); }
.compare .trouble a { text-decoration-color: var(--accent); }
.compare .trouble small { color: var(--ink); }
.compare tbody tr:hover > * { background-color: var(--shade); }
.ids { padding-left: 1rem; font-size: .875rem; }

@media (max-width: 44rem) {
  .targets thead { display: none; }
  .targets tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .targets td, .targets th { display: block; padding: 0; border: 0; }
  .compare tbody th { min-width: 11rem; max-width: 13rem; }
  .compare thead th { min-width: 7rem; }
}
@media print { .scroll { overflow: visible; } }
.case { margin-top: 1.75rem; padding-left: 1.25rem; border-left: 3px solid var(--accent); }
.check { margin-top: 1.25rem; }
.check > p { max-width: 52rem; }
.reason { margin: .5rem 0; }
`;
