import { hash } from 'node:crypto';
import type { Reference, ReferenceOperation, Shape } from './reference-digest.ts';
import { referenceStyle } from './reference-style.ts';

// The API to read: plain HTML, nothing that runs, nothing from elsewhere.

/** Allows the page’s own style, known by its hash, and nothing else. */
export const referencePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${hash('sha256', referenceStyle, 'base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Joins pieces of HTML; what is put in is escaped unless it was made by `html` itself. */
type Html = { html: string };
function html(pieces: TemplateStringsArray, ...values: (string | number | Html | Html[])[]): Html {
  return { html: pieces.reduce((text, piece, i) => text + shown(values[i - 1]!) + piece) };
}
function shown(value: string | number | Html | Html[]): string {
  if (Array.isArray(value)) return value.map((item) => item.html).join('');
  if (typeof value === 'object') return value.html;
  const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return String(value).replace(/[&<>"']/g, (sign) => signs[sign]!);
}
const none: Html[] = [];

/** A sentence in which names stand between backticks. */
const prose = (text: string): Html[] =>
  text.split('`').map((part, i) => (i % 2 === 0 ? html`${part}` : html`<code>${part}</code>`));

export function referencePage(
  { version, description, plugins, operations, problems }: Reference,
  base: string,
): string {
  const sections = plugins.map(({ id, title }) => {
    const own = operations.filter((operation) => operation.plugin === id);
    return html`<section aria-labelledby="tag-${id}"><h2 id="tag-${id}">${title}</h2>
${own.map((one) => operationHtml(base, one))}</section>\n`;
  });
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>API · Task Connect</title><style>${{ html: referenceStyle }}</style></head>
<body><a class="skip" href="#main">To the routes</a><div class="page">
<nav aria-label="Parts"><strong>API</strong><ul>
${plugins.map(({ id, title }) => html`<li><a href="#tag-${id}">${title}</a></li>`)}
<li><a href="#problems">Problems</a></li><li><a href="${base}/api/openapi.json">openapi.json</a></li></ul></nav>
<main id="main"><h1>${operations.length} routes are on</h1><p>${prose(description)}</p>
<p>Version ${version}. Send a personal token or an access token as <code>Authorization: Bearer …</code>.</p>
${sections}${problemsHtml(problems)}</main></div></body></html>\n`.html;
}

function operationHtml(base: string, operation: ReferenceOperation): Html {
  const { id, method, path, summary, description, permission, parameters, body, answers } = operation;
  return html`<details id="${id}"><summary><span class="method">${method}</span><code>${path}</code><span class="what">${summary}</span></summary><div class="body">
${description ? html`<p>${prose(description)}</p>` : none}
<p>${permission === null ? 'Open to everybody.' : permission === 'signed-in' ? 'For whoever has signed in.' : html`Needs the permission <code>${permission}</code>.`}</p>
${parameters.length > 0 ? html`<h3>Parameters</h3>${parametersHtml(parameters)}` : none}
${body ? html`<h3>Body</h3>${shapeHtml(body)}` : none}
${answers.map(answerHtml)}
<h3>Try it</h3><pre><code>${curlOf(base, operation)}</code></pre></div></details>\n`;
}

const parametersHtml = (
  parameters: ReferenceOperation['parameters'],
): Html => html`<div class="scroll"><table><thead><tr><th>Name</th><th>In</th><th>Type</th><th>What it is</th></tr></thead><tbody>
${parameters.map(
  ({ name, in: where, required, type, description }) =>
    html`<tr><td><code>${name}</code></td><td>${where}${required ? ', needed' : ''}</td><td>${type}</td><td>${prose(description)}</td></tr>\n`,
)}</tbody></table></div>`;

function shapeHtml({ type, fields }: Shape): Html {
  if (fields.length === 0) return html`<p>${type}</p>`;
  return html`<div class="scroll"><table><thead><tr><th>Field</th><th>Type</th><th>What it is</th></tr></thead><tbody>
${fields.map(
  ({ name, depth, type: its, required, description }) =>
    html`<tr><td class="deep-${Math.min(depth, 4)}"><code>${name}</code></td><td>${its}${required ? '' : html` <span class="quiet">optional</span>`}</td><td>${prose(description)}</td></tr>\n`,
)}</tbody></table></div>`;
}

function answerHtml({ status, description, shape, shared }: ReferenceOperation['answers'][number]): Html {
  if (shared) return html`<p class="quiet">${status}: ${description}</p>`;
  return html`<h3>Answer ${status}</h3>${shape ? shapeHtml(shape) : html`<p>${description}</p>`}`;
}

function curlOf(base: string, { path, method, permission, parameters, body }: ReferenceOperation): string {
  const lines = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} "$TC${path.replaceAll(/\{(\w+)\}/g, (_, name) => `$${name}`)}"`,
    ...(permission === null ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...parameters.flatMap(({ name, in: where, required }) =>
      where === 'header' && required ? [`-H '${name}: "1"'`] : [],
    ),
    ...(body
      ? ["-H 'Content-Type: application/json'", `-d '${JSON.stringify(body.example).replaceAll("'", "'\\''")}'`]
      : []),
  ];
  return `TC=http://localhost:8080${base}\n${lines.join(' \\\n  ')}`;
}

function problemsHtml(problems: Reference['problems']): Html {
  return html`<section aria-labelledby="problems"><h2 id="problems">Problems</h2>
<p>What is refused is answered as <code>application/problem+json</code>. Its <code>type</code> stays the same for ever, its <code>detail</code> says what to do, and <code>errors</code> lists every fault of an input.</p>
<div class="scroll"><table><thead><tr><th>Type</th><th>Status</th><th>Title</th></tr></thead><tbody>
${problems.map(({ type, status, title }) => html`<tr><td><code>${type}</code></td><td>${status}</td><td>${title}</td></tr>\n`)}</tbody></table></div></section>`;
}
