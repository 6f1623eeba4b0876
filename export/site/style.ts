/**
 * What the pages of a site look like beside what all pages look like. Pure.
 * @module
 */

/** Comes after the style sheet of a page. */
export const SITE_STYLE = `
.site-header {
  display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem;
  padding: .625rem 1.125rem; border-bottom: 1px solid var(--line); font-size: .9375rem;
}
.site-name { color: var(--text); font-weight: 600; text-decoration: none; overflow-wrap: anywhere; }
.site-list { position: relative; }
.site-list summary, .site-header button {
  padding: .25rem .625rem; border: 1px solid var(--line); border-radius: 6px;
  color: var(--text); background: var(--page); font: inherit; cursor: pointer;
}
.site-list ol, .site-search ol {
  position: absolute; z-index: 2; top: calc(100% + .375rem); left: 0; width: max-content; max-width: min(32rem, calc(100vw - 2.25rem));
  max-height: 70vh; overflow-y: auto; margin: 0; padding: .5rem .875rem; list-style: none;
  background: var(--page); border: 1px solid var(--line); border-radius: 8px; box-shadow: 0 6px 24px #0002;
}
.site-list a, .site-search ol a { display: block; padding: .25rem 0; color: var(--text); text-decoration: none; overflow-wrap: anywhere; }
.site-list [aria-current] { font-weight: 600; }
.site-list a:hover, .site-search ol a:hover { color: var(--accent); text-decoration: underline; }
.site-search { position: relative; flex: 1 1 12rem; max-width: 28rem; margin-left: auto; }
.site-search input {
  width: 100%; padding: .25rem .625rem; border: 1px solid var(--muted); border-radius: 6px;
  color: var(--text); background: var(--page); font: inherit;
}
.site-search p { position: absolute; left: -100vw; margin: 0; }
.site-search input:not(:placeholder-shown) ~ p { position: static; padding-top: .25rem; color: var(--muted); font-size: .8125rem; }
.site-search ol { left: auto; right: 0; }
.site-search ol span { display: block; color: var(--muted); font-size: .8125rem; line-height: 1.4; }
.site-steps { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 1rem; max-width: 54rem; width: 100%; margin: 0 auto; padding: 0 1.125rem 1rem; }
.site-steps a { max-width: 24rem; padding: .5rem .875rem; border: 1px solid var(--line); border-radius: 8px; text-decoration: none; overflow-wrap: anywhere; }
.site-steps a > span { display: block; color: var(--muted); font-size: .8125rem; }
.site-steps .next { margin-left: auto; text-align: right; }
.site-index { padding: 0; list-style: none; counter-reset: notebook; }
.site-index > li { margin: 0 0 1.25rem; }
.site-index > li > a { font-size: 1.125rem; font-weight: 600; }
.site-index p { margin: .125rem 0 0; color: var(--muted); }
@media (min-width: 72rem) {
  .site-header { grid-column: 1 / -1; grid-row: 1; }
  body > main { grid-row: 2; }
  .toc-side { grid-row: 2 / span 3; }
  .site-steps { grid-column: 2; grid-row: 3; }
  body > footer { grid-row: 4; }
}
@media print { .site-header, .site-steps { display: none; } }
`;
