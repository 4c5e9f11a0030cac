// The look of the console (its tokens, both schemes) for the one page that is written here. It is sent inside the page
// and allowed by its hash.

export const referenceStyle = `
:root { color-scheme: light dark;
  --frame: #f3f4f1; --sheet: #ffffff; --well: #f8f9f6; --hover: #eef0eb; --line: #e2e5de; --line-2: #c9cec5;
  --ink: #1a1f1c; --ink-2: #4c554f; --ink-3: #5f6861; --accent: #0b6b58; --accent-ink: #0a5f4e; --accent-soft: #e1efe9;
  --warn: #865000; --bad: #ab3424; }
@media (prefers-color-scheme: dark) { :root {
  --frame: #111412; --sheet: #181c1a; --well: #1c211e; --hover: #242a27; --line: #2a302d; --line-2: #3d4541;
  --ink: #e6eae7; --ink-2: #b3bbb5; --ink-3: #949e97; --accent: #56bf9f; --accent-ink: #6fd0b2; --accent-soft: #163229;
  --warn: #e2ab52; --bad: #f0907e; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--frame); color: var(--ink); font: 14px/1.45 "Hanken Grotesk Variable", system-ui, sans-serif; }
code, pre { font-family: "JetBrains Mono Variable", ui-monospace, monospace; font-size: 13px; font-variant-ligatures: none; }
a { color: var(--accent-ink); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 12px; top: 12px; background: var(--sheet); padding: 4px 8px; }
.page { display: grid; grid-template-columns: 220px minmax(0, 1fr); min-height: 100vh; }
nav { padding: 20px 12px 20px 20px; position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; }
nav ul { list-style: none; margin: 8px 0 0; padding: 0; }
nav li a { display: block; padding: 4px 8px; border-radius: 4px; color: var(--ink-2); text-decoration: none; }
nav li a:hover { background: var(--hover); }
main { background: var(--sheet); border-left: 1px solid var(--line); padding: 28px; max-width: 1260px; }
h1 { font-size: 26px; font-weight: 600; line-height: 1.2; letter-spacing: -.012em; margin: 0 0 8px; }
h2 { font-size: 14px; font-weight: 600; margin: 32px 0 0; padding-bottom: 6px; border-bottom: 1px solid var(--ink); }
h3 { font-size: 12px; font-weight: 550; color: var(--ink-3); margin: 20px 0 4px; }
p { margin: 0 0 8px; max-width: 72ch; color: var(--ink-2); }
details { border-bottom: 1px solid var(--line); }
summary { display: grid; grid-template-columns: 64px minmax(220px, 2fr) 3fr; gap: 12px; padding: 8px 4px; cursor: pointer; list-style: none; align-items: baseline; }
summary::-webkit-details-marker { display: none; }
summary:hover { background: var(--hover); }
summary .method { color: var(--ink-2); font-weight: 600; }
summary .what { color: var(--ink-2); }
summary code { overflow-wrap: anywhere; }
.body { padding: 4px 4px 20px 80px; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th { text-align: left; font-weight: 400; font-size: 12px; color: var(--ink-3); }
th, td { padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td:first-child { white-space: nowrap; }
.deep-1 { padding-left: 16px; } .deep-2 { padding-left: 32px; } .deep-3 { padding-left: 48px; } .deep-4 { padding-left: 64px; }
.quiet { color: var(--ink-3); }
pre { background: var(--well); border-radius: 4px; margin: 0; padding: 12px; overflow-x: auto; }
@media (max-width: 767px) { .page { grid-template-columns: minmax(0, 1fr); } nav { position: static; max-height: none; padding: 16px; }
  main { border-left: 0; border-top: 1px solid var(--line); padding: 16px; } .body { padding-left: 4px; }
  summary { grid-template-columns: 64px 1fr; } summary .what { grid-column: 2; } .scroll { overflow-x: auto; } }
`;
