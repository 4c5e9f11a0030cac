import { hash } from 'node:crypto';
import type { PluginElsewhere } from '../kernel/registry.ts';
import { type CompiledRoute, ownRoute } from './compile-route.ts';
import type { Exchange } from './exchange.ts';
import { openApiOf } from './openapi.ts';
import { referenceOf } from './reference-digest.ts';
import { referencePage, referencePolicy } from './reference-page.ts';
import { compressed, encodingFor } from './steps/compress.ts';
import { matches } from './steps/respond.ts';

// The API document and its page, made once for each picture of what is switched on.

type Document = { text: string; tag: string };
type Documents = { plugins: readonly PluginElsewhere[]; json: Document; digest: Document; html: Document };

export function makeReference(needs: { plugins: () => readonly PluginElsewhere[]; version: string; base: string }): {
  routes: CompiledRoute[];
} {
  let known: Documents | undefined;
  function documents(): Documents {
    const plugins = needs.plugins();
    if (known?.plugins !== plugins) {
      const api = openApiOf(plugins, needs);
      const reference = referenceOf(api);
      known = {
        plugins,
        json: documentOf(`${JSON.stringify(api)}\n`),
        digest: documentOf(JSON.stringify(reference)),
        html: documentOf(referencePage(reference, needs.base)),
      };
    }
    return known;
  }

  return {
    routes: [
      ownRoute({
        path: '/openapi.json',
        permission: null,
        answer: (exchange) => answer(exchange, documents().json, 'application/json'),
      }),
      // The same for a reader that draws it: the console’s own reference.
      ownRoute({
        path: '/reference.json',
        permission: null,
        answer: (exchange) => answer(exchange, documents().digest, 'application/json'),
      }),
      ownRoute({
        path: '/docs',
        permission: null,
        answer(exchange) {
          exchange.answer.splice(exchange.answer.indexOf('Content-Security-Policy'), 2);
          exchange.answer.push('Content-Security-Policy', referencePolicy);
          return answer(exchange, documents().html, 'text/html; charset=utf-8');
        },
      }),
    ],
  };
}

const documentOf = (text: string): Document => ({ text, tag: `"${hash('sha256', text, 'hex').slice(0, 20)}"` });

function answer(exchange: Exchange, { text, tag }: Document, type: string): void | Promise<void> {
  const { answer: headers, headers: asked } = exchange;
  headers.push('ETag', tag, 'Cache-Control', 'no-cache');
  if (asked['if-none-match'] !== undefined && matches(asked['if-none-match'], tag)) {
    exchange.status = 304;
    return;
  }
  headers.push('Content-Type', type);
  exchange.payload = text;
  const encoding = encodingFor(text.length, asked['accept-encoding']);
  if (encoding !== undefined) return compressed(exchange, encoding, text);
}
