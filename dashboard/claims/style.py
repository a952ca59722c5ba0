"""How the page Claims is laid out."""

__all__ = ["STYLE"]

STYLE = """
.swc-claims { display: flex; flex-direction: column; gap: 0.75rem; }
.swc-claims > p { max-width: 60rem; }
.swc-claims .swc-notice { margin-bottom: 0; }
.swc-claims-tools { display: flex; flex-direction: column; gap: 0.75rem; }
.swc .swc-claims-counts {
  display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; list-style: none; padding: 0; margin: 0;
  color: var(--muted);
}
.swc-claims-counts strong {
  font-size: 1.5rem; font-variant-numeric: tabular-nums; color: var(--ink); font-weight: 600;
}
.swc-claims-counts .holds strong { color: var(--rule-1); }
.swc .swc-claims-counts.second { margin-top: -0.5rem; }
.swc-claims-counts .met strong, .swc-claims-counts .fitted strong { color: var(--rule-1); }
.swc-claims-counts .bad strong, .swc-claims-counts .known strong,
.swc-claims-counts .unmet strong { color: var(--rule-2-text); }
.swc-claims-line { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1.25rem; }
.swc-claims-filter { display: inline-flex; flex-wrap: wrap; }
.swc-claims-filter .swc-button { border-radius: 0; margin-left: -1px; }
.swc-claims-filter .swc-button:first-child {
  border-radius: 0.375rem 0 0 0.375rem; margin-left: 0;
}
.swc-claims-filter .swc-button:last-child { border-radius: 0 0.375rem 0.375rem 0; }
.swc-claims-filter .swc-button[aria-pressed=true] {
  background: var(--rule-1); border-color: var(--rule-1); color: #ffffff; z-index: 1;
}
:root.swc-dark .swc-claims-filter .swc-button[aria-pressed=true] { color: #101315; }
.swc-claims-filter small { opacity: 0.8; font-variant-numeric: tabular-nums; }
.swc-claims-total { flex-basis: 100%; }
.swc-claims-search { display: inline-flex; align-items: center; gap: 0.5rem; flex: 0 1 24rem; }
.swc-claims-search span { color: var(--muted); font-size: 0.875rem; }
.swc .swc-claims-search input { flex: 1; min-width: 8rem; }
.swc .swc-claims h2 { margin-top: 0.75rem; }
.swc-claims-cards {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(min(24rem, 100%), 1fr));
  /* A card that is opened takes a row; those after it fill what it leaves free. */
  gap: 0.75rem; align-items: stretch; grid-auto-flow: row dense;
}
.swc-claims-card { display: flex; flex-direction: column; gap: 0.375rem; }
.swc-claims-card.opened { grid-column: 1 / -1; }
.swc-claims-card figcaption h3, .swc-claims-card > h3 { font-size: 0.9375rem; }
.swc-claims-body { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.75rem 1.5rem;
  flex: 1; }
.swc-claims-body > div:first-child { display: flex; flex-direction: column; }
.swc-claims-card:not(.opened) .swc-chart { flex: 1; display: flex; flex-direction: column; }
.swc-claims-card:not(.opened) figcaption { flex: 1; }
@media (min-width: 1100px) {
  .swc-claims-card.opened .swc-claims-body.charted {
    grid-template-columns: minmax(22rem, 2fr) minmax(0, 3fr);
  }
  .swc-claims-card.opened .swc-claims-body.charted > div:first-child {
    position: sticky; top: 3.75rem; align-self: start;
  }
}
.swc-claims-actions { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem; }
.swc-claims-actions .swc-quiet { border-color: var(--faint); font-size: 0.8125rem; }
.swc-claims-progress { font-size: 0.8125rem; color: var(--muted); padding-left: 0.375rem; }
.swc .swc-claims-lines td, .swc .swc-claims-lines th { vertical-align: top; white-space: nowrap; }
.swc .swc-claims-lines td.statement, .swc .swc-claims-lines td.pattern,
.swc .swc-claims-lines th.statement { text-align: left; white-space: normal; }
.swc .swc-claims-lines td.claim { color: var(--muted); white-space: normal; min-width: 9rem;
  overflow-wrap: anywhere; }
.swc .swc-claims-lines td.statement { min-width: 12rem; }
.swc-claims-lines { overflow-x: auto; }
.swc .swc-claims-lines td small { display: block; color: var(--muted); font-size: 0.75rem; }
.swc .swc-claims-lines th.verdict, .swc .swc-claims-lines td.verdict { text-align: left; }
.swc .swc-claims-lines td.verdict.good { color: var(--rule-1); }
.swc .swc-claims-lines td.verdict.bad { color: var(--rule-2-text); font-weight: 600; }
.swc .swc-claims-lines td.verdict.quiet { color: var(--muted); }
.swc .swc-claims-lines td.now.moved { font-weight: 600; color: var(--rule-2-text); }
.swc .swc-claims-lines tr.reason td {
  text-align: left; white-space: normal; font-size: 0.8125rem; line-height: 1.45;
  border-left: 3px solid var(--rule-2);
}
.swc-claims-lines p { margin-top: 0.5rem; }
.swc-claims-symbols { margin-top: 0.75rem; white-space: normal; }
.swc-claims-symbols dl { margin: 0.125rem 0 0; }
.swc-claims-symbols dl > div { display: flex; gap: 0.5rem; line-height: 1.45; }
.swc-claims-symbols dt { font-weight: 600; flex: 0 0 auto; min-width: 3.5rem; }
.swc-claims-symbols dd { margin: 0; color: var(--muted); overflow-wrap: anywhere; }
@media (max-width: 720px) {
  .swc-claims-lines thead { display: none; }
  .swc .swc-claims-lines tbody { display: block; border-bottom: 1px solid var(--muted);
    padding: 0.375rem 0; }
  .swc .swc-claims-lines tr { display: flex; flex-wrap: wrap; gap: 0 1rem; }
  .swc .swc-claims-lines td { border: 0; padding: 0.0625rem 0; }
  .swc .swc-claims-lines td.claim { white-space: normal; overflow-wrap: anywhere; }
  .swc .swc-claims-lines td:empty { display: none; }
  .swc .swc-claims-lines td.claim, .swc .swc-claims-lines td.statement,
  .swc .swc-claims-lines td.pattern { width: 100%; }
  .swc .swc-claims-lines tr.reason td { padding-left: 0.5rem; }
  .swc-claims-lines tr:not(.reason) td:not(.claim):not(.statement):not(.pattern)::before {
    content: attr(data-label) ' '; color: var(--muted); font-weight: 400;
  }
}
"""
