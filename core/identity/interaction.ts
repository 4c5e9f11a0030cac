import type { Context } from 'koa';
import type { Provider } from 'oidc-provider';
import { goTo } from './site.ts';

// One interaction of the provider: what it waits for from this browser. `uid` names it in the address; the provider’s
// cookie proves whose it is, so the address alone opens nothing.

export type Interactions = {
  /** Throws SessionNotFound when this browser has none of that name. */
  of(ctx: Context, uid: string): Promise<{ prompt: string; loginHint: string | undefined }>;
  at(uid: string, step?: string): string;
  signedIn(ctx: Context, person: string): Promise<void>;
  consented(ctx: Context): Promise<void>;
};

export function makeInteractions({
  provider,
  base,
}: {
  provider: () => Promise<Provider>;
  base: string;
}): Interactions {
  return {
    async of(ctx, uid) {
      const { uid: own, prompt, params } = await (await provider()).interactionDetails(ctx.req, ctx.res);
      if (own !== uid) throw Object.assign(new Error('Another interaction.'), { name: 'SessionNotFound' });
      const hint = params.login_hint;
      return { prompt: prompt.name, loginHint: typeof hint === 'string' ? hint.slice(0, 254) : undefined };
    },
    at: (uid, step = '') => `${base}/oidc/interaction/${encodeURIComponent(uid)}${step}`,
    async signedIn(ctx, person) {
      const login = { accountId: person, remember: true, amr: ['pwd'] };
      const options = { mergeWithLastSubmission: false };
      goTo(ctx, await (await provider()).interactionResult(ctx.req, ctx.res, { login }, options));
    },
    async consented(ctx) {
      goTo(ctx, await (await provider()).interactionResult(ctx.req, ctx.res, { consent: {} }));
    },
  };
}
