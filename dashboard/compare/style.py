"""How the page Compare is laid out."""

__all__ = ["STYLE"]

STYLE = """
.swc-compare { display: flex; flex-direction: column; gap: 0.75rem; }
.swc-compare > p { max-width: 60rem; }
.swc-compare .swc-notice { margin-bottom: 0; }
.swc-compare-chooser { display: flex; flex-direction: column; gap: 0.75rem; }
.swc-compare-variants {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr));
  gap: 0.5rem;
}
.swc-compare-variant {
  display: flex; flex-direction: column; gap: 0.375rem; margin: 0; padding: 0.5rem 0.625rem;
  border-left: 4px solid; position: relative;
}
.swc-compare-variant select { width: 100%; text-overflow: ellipsis; }
.swc-compare-head { display: flex; align-items: center; gap: 0.5rem; min-height: 1.75rem; }
.swc-compare-remove { margin-left: auto; font-size: 1.125rem; line-height: 1; }
.swc-compare-dot {
  display: inline-block; width: 0.625rem; height: 0.625rem; border-radius: 50%; flex: none;
}
.swc-compare-hidden {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
}
.swc-compare-line { display: flex; flex-wrap: wrap; gap: 0.5rem 0.75rem; align-items: flex-end; }
.swc .swc-compare-line input { width: 9.5rem; font-size: 1rem; }
.swc-compare-rules { display: inline-flex; flex-wrap: wrap; align-items: center; gap: 0.5rem; }
.swc-compare-rules label { color: var(--muted); font-size: 0.8125rem; }
.swc-compare-progress {
  flex: 1 1 16rem; display: flex; flex-direction: column; gap: 0.25rem; min-width: 0;
}
.swc-compare-progress progress {
  appearance: none; width: 100%; height: 0.5rem; border: 0; border-radius: 0.25rem;
  background: var(--faint); overflow: hidden;
}
.swc-compare-progress progress::-webkit-progress-bar { background: var(--faint); }
.swc-compare-progress progress::-webkit-progress-value { background: var(--rule-1); }
.swc-compare-progress progress::-moz-progress-bar { background: var(--rule-1); }
.swc-compare-results { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.75rem 1.5rem; }
@media (min-width: 1280px) {
  .swc-compare-results.beside { grid-template-columns: minmax(0, max-content) minmax(26rem, 1fr); }
}
/* The table stays beside the charts while these go by. */
@media (min-width: 1280px) {
  .swc-compare-results.beside > :first-child {
    /* Where it is taller than the window its end stays in sight. */
    position: sticky; top: min(3.5rem, calc(100vh - 64rem)); align-self: start;
  }
}
.swc-compare-variant p { overflow-wrap: anywhere; line-height: 1.35; }
.swc-compare-rules select { max-width: 18rem; text-overflow: ellipsis; }
.swc-compare-column { display: flex; flex-direction: column; gap: 0.75rem; min-width: 0; }
.swc-compare-column > p { width: 0; min-width: 100%; }
.swc-compare-title {
  display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.25rem 0.75rem; margin-top: 0.5rem;
}
.swc-compare-title > span { flex: 1 0 100%; width: 0; min-width: 100%; }
.swc .swc-compare-save.v-btn {
  margin-left: auto; height: auto; min-width: 0; padding: 0.25rem 0.5rem; font-size: 0.8125rem;
  color: var(--muted);
}
.swc .swc-compare-table { width: auto; min-width: 100%; }
.swc-compare-name { display: inline-block; max-width: 9rem; text-wrap: balance; }
.swc-compare-mean { padding-right: 0.75em; }
.swc .swc-compare-table th, .swc .swc-compare-table td { vertical-align: top; }
.swc .swc-compare-table thead th {
  color: var(--ink); font-weight: 600; vertical-align: bottom;
  line-height: 1.3;
}
.swc .swc-compare-table tbody th {
  text-align: left; color: var(--ink); font-weight: 500; cursor: help;
}
.swc .swc-compare-table th:first-child {
  position: sticky; left: 0; background: var(--paper); z-index: 1; min-width: 9rem;
  /* The line below a cell that stands still is not drawn where lines are shared. */
  box-shadow: inset 0 -1px 0 var(--faint); border-bottom-color: transparent;
}
.swc .swc-compare-table td { white-space: nowrap; padding-left: 1.25rem; }
.swc-compare-few { color: var(--muted); font-size: 0.75rem; padding-right: 0.75em; }
.swc-compare-scroll { position: relative; background: none; }
.swc-compare-scroll.more {
  mask-image: linear-gradient(to left, transparent, #000000 2.5rem);
  -webkit-mask-image: linear-gradient(to left, transparent, #000000 2.5rem);
}
.swc-compare-meanings { margin-top: 0.75rem; }
.swc-compare-meanings summary {
  cursor: pointer; width: fit-content; padding: 0.375rem 0; font-weight: 500;
}
.swc-compare-meanings dl { margin: 0.25rem 0 0; width: 0; min-width: 100%; }
.swc-compare-meanings dl > div { padding: 0.25rem 0; }
.swc-compare-meanings dt { font-size: 0.875rem; font-weight: 500; }
.swc-compare-meanings dt span { font-weight: 400; font-size: 0.8125rem; }
.swc-compare-meanings dd {
  margin: 0; color: var(--muted); font-size: 0.8125rem; line-height: 1.4; max-width: 40rem;
}
.swc-compare-unit, .swc-compare-base { color: var(--muted); font-weight: 400; }
.swc-compare-unit { display: block; font-size: 0.75rem; }
.swc-compare-base { font-size: 0.75rem; }
.swc-compare-difference { color: var(--muted); font-size: 0.8125rem; }
.swc-compare-difference.apart { color: var(--ink); font-weight: 600; }
.swc-compare-star { display: inline-block; width: 0.75em; text-align: left; }
.swc-compare-switches { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; }
.swc-compare-switch { display: inline-flex; flex-wrap: wrap; align-items: center; gap: 0.5rem; }
.swc-compare-buttons { display: inline-flex; flex-wrap: wrap; }
.swc-compare-buttons .swc-button { border-radius: 0; margin-left: -1px; }
.swc-compare-buttons .swc-button:first-child { border-radius: 0.375rem 0 0 0.375rem; }
.swc-compare-buttons .swc-button:last-child { border-radius: 0 0.375rem 0.375rem 0; }
.swc-compare-buttons .swc-button[aria-pressed=true] {
  background: var(--rule-1); border-color: var(--rule-1); color: #ffffff; z-index: 1;
}
:root.swc-dark .swc-compare-buttons .swc-button[aria-pressed=true] { color: #101315; }
.swc-compare-charts {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(min(30rem, 100%), 1fr));
  gap: 0.75rem;
}
.swc-compare-panels {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(min(18rem, 100%), 1fr));
  gap: 0.75rem;
}
"""
