import type { Log } from '@task-connect/sdk';
import { Problem } from '@task-connect/sdk';
import type { Context } from 'koa';
import { isAway } from './away.ts';
import type { Pages } from './pages.ts';
import { refuseOtherOrigin } from './session-cookie.ts';

// What all pages of sign-in share: how they are sent, what a browser may do with them, and that a refusal is a page.

/** `script-src` names none; the provider adds the hash of the one script by which it passes a form on. */
const policy =
  "default-src 'none'; script-src; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export function setPageHeaders(ctx: Context): void {
  ctx.set('Content-Security-Policy', policy);
  ctx.set('Cache-Control', 'no-store');
  // Not no-referrer: with that, browsers send forms with “Origin: null”.
  ctx.set('Referrer-Policy', 'same-origin');
  ctx.set('X-Content-Type-Options', 'nosniff');
}

export function show(ctx: Context, page: string, status = 200): void {
  ctx.status = status;
  ctx.type = 'text/html; charset=utf-8';
  ctx.body = page;
}

export function goTo(ctx: Context, location: string): void {
  ctx.status = 303;
  ctx.set('Location', location);
  ctx.body = '';
}

export type PageHandler = (ctx: Context, part: string) => Promise<void> | void;

/** Sends a page, refuses forms of other sites, and shows refusals as pages. */
export function asPage(
  handler: PageHandler,
  { pages, origin, log }: { pages: Pages; origin: string; log: Log },
): PageHandler {
  return async (ctx, part) => {
    setPageHeaders(ctx);
    try {
      if (ctx.method === 'POST') refuseOtherOrigin(ctx.headers, origin);
      await handler(ctx, part);
    } catch (error) {
      if (isGoneInteraction(error)) {
        const lead = 'This sign-in was begun too long ago, or in another browser.';
        show(ctx, pages.notice({ title: 'Begin again', lead, next: undefined }), 400);
      } else if (error instanceof Problem) {
        ctx.set(error.headers);
        show(ctx, pages.notice({ title: error.title, lead: error.message }), error.status);
      } else {
        log.error({ err: error }, 'A page of sign-in failed');
        const lead = 'The page could not be made. Nothing was changed; try again.';
        if (isAway(error)) ctx.set('Retry-After', '2');
        show(ctx, pages.notice({ title: 'This cannot go on now', lead }), isAway(error) ? 503 : 500);
      }
    }
  };
}

const isGoneInteraction = (error: unknown) => error instanceof Error && error.name === 'SessionNotFound';
