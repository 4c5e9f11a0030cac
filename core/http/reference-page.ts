import { hash } from 'node:crypto';
import { declaredProblems } from '@task-connect/sdk';
import type { OpenApi } from './openapi.ts';
import type { Operation, Parameter } from './openapi-operation.ts';
import type { SchemaObject } from './openapi-schemas.ts';
import { exampleOf, fieldsOf, typeOf } from './reference-schema.ts';
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

export function referencePage(api: OpenApi, base: string): string {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const sections = api.tags.map(({ name, description }) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(name));
    return html`<section aria-labelledby="tag-${name}"><h2 id="tag-${name}">${description}</h2>
${own.map((one) => operationHtml(api, base, one))}</section>\n`;
  });
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>API · Task Connect</title><style>${{ html: referenceStyle }}</style></head>
<body><a class="skip" href="#main">To the routes</a><div class="page">
<nav aria-label="Parts"><strong>API</strong><ul>
${api.tags.map(({ name, description }) => html`<li><a href="#tag-${name}">${description}</a></li>`)}
<li><a href="#problems">Problems</a></li><li><a href="${base}/api/openapi.json">openapi.json</a></li></ul></nav>
<main id="main"><h1>${operations.length} routes are on</h1><p>${prose(api.info.description)}</p>
<p>Version ${api.info.version}. Send a personal token or an access token as <code>Authorization: Bearer …</code>.</p>
${sections}${problemsHtml()}</main></div></body></html>\n`.html;
}

type Listed = { path: string; method: string; operation: Operation };

function operationHtml(api: OpenApi, base: string, { path, method, operation }: Listed): Html {
  const parameters = (operation.parameters ?? []).map((parameter) => resolved(api, parameter) as Parameter);
  const body = operation.requestBody?.content['application/json']?.schema;
  const permission = operation['x-permission'];
  return html`<details id="${operation.operationId}"><summary><span class="method">${method}</span><code>${path}</code><span class="what">${operation.summary}</span></summary><div class="body">
${operation.description ? html`<p>${prose(operation.description)}</p>` : none}
<p>${permission === undefined ? 'Open to everybody.' : permission === 'signed-in' ? 'For whoever has signed in.' : html`Needs the permission <code>${permission}</code>.`}</p>
${parameters.length > 0 ? html`<h3>Parameters</h3>${parametersHtml(parameters)}` : none}
${body ? html`<h3>Body</h3>${schemaHtml(api, body)}` : none}
${Object.entries(operation.responses).map(([status, response]) => responseHtml(api, status, response))}
<h3>Try it</h3><pre><code>${curlOf(api, base, { path, method, operation }, parameters)}</code></pre></div></details>\n`;
}

function resolved(api: OpenApi, part: object): object {
  if (!('$ref' in part)) return part;
  const [, kind, name] = String(part.$ref).match(/^#\/components\/(\w+)\/(.+)$/)!;
  return (api.components as unknown as Record<string, Record<string, object>>)[kind!]![name!]!;
}

const parametersHtml = (
  parameters: Parameter[],
): Html => html`<div class="scroll"><table><thead><tr><th>Name</th><th>In</th><th>Type</th><th>What it is</th></tr></thead><tbody>
${parameters.map(
  ({ name, in: where, required, schema, description = '' }) =>
    html`<tr><td><code>${name}</code></td><td>${where}${required ? ', needed' : ''}</td><td>${typeOf(schema)}</td><td>${prose(description)}</td></tr>\n`,
)}</tbody></table></div>`;

function schemaHtml(api: OpenApi, schema: SchemaObject): Html {
  const rows = fieldsOf(schema, api.components.schemas);
  if (rows.length === 0) return html`<p>${typeOf(schema)}</p>`;
  return html`<div class="scroll"><table><thead><tr><th>Field</th><th>Type</th><th>What it is</th></tr></thead><tbody>
${rows.map(
  ({ name, depth, type, required, description }) =>
    html`<tr><td class="deep-${Math.min(depth, 4)}"><code>${name}</code></td><td>${type}${required ? '' : html` <span class="quiet">optional</span>`}</td><td>${prose(description)}</td></tr>\n`,
)}</tbody></table></div>`;
}

function responseHtml(api: OpenApi, status: string, response: object): Html {
  const { description, content } = resolved(api, response) as {
    description: string;
    content?: Record<string, { schema: SchemaObject }>;
  };
  if ('$ref' in response) return html`<p class="quiet">${status === 'default' ? 'else' : status}: ${description}</p>`;
  const schema = content?.['application/json']?.schema;
  return html`<h3>Answer ${status}</h3>${schema ? schemaHtml(api, schema) : html`<p>${description}</p>`}`;
}

function curlOf(api: OpenApi, base: string, { path, method, operation }: Listed, parameters: Parameter[]): string {
  const body = operation.requestBody?.content['application/json']?.schema;
  const lines = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} "$TC${path.replaceAll(/\{(\w+)\}/g, (_, name) => `$${name}`)}"`,
    ...(operation['x-permission'] === undefined ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...parameters.flatMap(({ name, in: where, required }) =>
      where === 'header' && required ? [`-H '${name}: "1"'`] : [],
    ),
    ...(body
      ? [
          "-H 'Content-Type: application/json'",
          `-d '${JSON.stringify(exampleOf(body, api.components.schemas)).replaceAll("'", "'\\''")}'`,
        ]
      : []),
  ];
  return `TC=http://localhost:8080${base}\n${lines.join(' \\\n  ')}`;
}

function problemsHtml(): Html {
  const problems = declaredProblems().toSorted((a, b) => (a.type < b.type ? -1 : 1));
  return html`<section aria-labelledby="problems"><h2 id="problems">Problems</h2>
<p>What is refused is answered as <code>application/problem+json</code>. Its <code>type</code> stays the same for ever, its <code>detail</code> says what to do, and <code>errors</code> lists every fault of an input.</p>
<div class="scroll"><table><thead><tr><th>Type</th><th>Status</th><th>Title</th></tr></thead><tbody>
${problems.map(({ type, status, title }) => html`<tr><td><code>${type}</code></td><td>${status}</td><td>${title}</td></tr>\n`)}</tbody></table></div></section>`;
}
