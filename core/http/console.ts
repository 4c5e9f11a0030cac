import { createHash, randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { declareProblem } from '@task-connect/sdk';
import type { Authenticate } from '../identity/identity.ts';
import type { Exchange, Step } from './exchange.ts';
import { makeStaticFiles } from './static-files.ts';
import { encodingFor } from './steps/compress.ts';
import { redirect } from './steps/redirect.ts';
import { matches } from './steps/respond.ts';

// The console’s files. Any address that is no file and that a browser asks for as a page is the console itself: its
// own router knows what to show. The page is written for each request, with a nonce that no other page has. Who is not
// signed in is led to the sign-in at once, and loads nothing of a console that they cannot see.

const NotBuilt = declareProblem({
  type: 'console-not-built',
  status: 503,
  title: 'The console is not built',
  detail: () => '“npm start” builds it. The API works without it.',
});

export function consolePages(folder: string, base: string, identity: Authenticate): Step {
  const files = makeStaticFiles(folder);
  const page = makePage(folder, base);
  return async (exchange) => {
    const { method, path, headers } = exchange;
    if (method !== 'GET' && method !== 'HEAD') return;
    if (path !== '/' && path !== '/index.html') {
      const file = await files.find(
        path.replace(anotherTry, '$1'),
        encodingFor(Number.POSITIVE_INFINITY, headers['accept-encoding']),
      );
      if (file) return answerFile(exchange, file);
      // A script that is gone must not be answered with a page: the browser would say something odd about its type.
      if (!headers.accept?.includes('text/html') || /^\/(assets|plugins\/[^/]+(\/try-\d+)?\/assets)\//.test(path))
        return;
    }
    const { html, policy } = await page();
    if (!isPublic(path) && (await isNobody(exchange, identity))) return redirect(exchange, signIn(exchange, base));
    exchange.payload = html;
    exchange.answer.push('Content-Type', 'text/html; charset=utf-8', 'Cache-Control', 'no-cache');
    exchange.answer.push('Content-Security-Policy', policy);
    exchange.answered = true;
  };
}

/** Pages of plugins that are for everybody. */
const isPublic = (path: string) => path.startsWith('/public/');

/** Where it cannot be known now, the console is shown, and says what is wrong. */
async function isNobody(exchange: Exchange, identity: Authenticate): Promise<boolean> {
  try {
    return (await identity.authenticate(exchange)).actor.kind === 'anonymous';
  } catch {
    return false;
  }
}

const signIn = ({ path, search }: Exchange, base: string) =>
  `${base}/auth/login?${new URLSearchParams({ return: `${base}${path}${search && `?${search}`}` })}`;

/** A browser keeps the failure of an address; the console asks for a plugin’s files by another one then. */
const anotherTry = /^(\/plugins\/[^/]+)\/try-\d+(?=\/assets\/)/;

function answerFile(
  exchange: Exchange,
  file: NonNullable<Awaited<ReturnType<ReturnType<typeof makeStaticFiles>['find']>>>,
): void {
  const { answer, headers, path } = exchange;
  exchange.answered = true;
  // A name with a hash in it never stands for something else.
  const kept = path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  answer.push('Cache-Control', kept, 'ETag', file.tag, 'Vary', 'Accept-Encoding');
  if (headers['if-none-match'] !== undefined && matches(headers['if-none-match'], file.tag)) {
    exchange.status = 304;
    return;
  }
  answer.push('Content-Type', file.type, 'Content-Security-Policy', filePolicy);
  if (file.encoding) answer.push('Content-Encoding', file.encoding);
  exchange.payload = file.bytes;
}

// A worker has the policy of its own file, and the one that hears live hints has to connect.
const filePolicy = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'";

type Page = { html: string; policy: string };

/** Reads index.html again when a build has replaced it. */
function makePage(folder: string, base: string): () => Promise<Page> {
  const file = join(folder, 'index.html');
  let known: { mtimeMs: number; html: string; scripts: string } | undefined;
  return async () => {
    const found = await stat(file).catch(() => undefined);
    if (!found) throw new NotBuilt({});
    if (known?.mtimeMs !== found.mtimeMs) {
      const html = (await readFile(file, 'utf8')).replaceAll('%BASE%', `${base}/`);
      known = { mtimeMs: found.mtimeMs, html, scripts: hashesOf(html) };
    }
    const nonce = randomBytes(16).toString('base64');
    return { html: known.html.replaceAll('%NONCE%', nonce), policy: policyOf(known.scripts, nonce) };
  };
}

/** The inline scripts of the page (its import map), which may run because of what they say. */
function hashesOf(html: string): string {
  const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]!);
  return inline.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ');
}

const policyOf = (scripts: string, nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' ${scripts}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    // The page’s own <base>, because all of its addresses are relative.
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
