import { readFile } from 'node:fs/promises';
import type { Context } from 'koa';

// The style of the pages and the typeface, read once. Where the typeface is not installed, the system’s is used.

type Asset = { type: string; body: Buffer };

const typeface = '@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2';

export type Assets = { serve(ctx: Context, name: string): Promise<boolean> };

export function makeAssets(): Assets {
  const files: Record<string, () => Promise<Asset>> = {
    'pages.css': async () => ({
      type: 'text/css; charset=utf-8',
      body: await readFile(new URL('./pages.css', import.meta.url)),
    }),
    'hanken-grotesk.woff2': async () => ({
      type: 'font/woff2',
      body: await readFile(new URL(import.meta.resolve(typeface))),
    }),
  };
  const known = new Map<string, Promise<Asset | undefined>>();

  return {
    async serve(ctx, name) {
      const load = files[name];
      if (!load) return false;
      const reading = known.get(name) ?? load().catch(() => undefined);
      known.set(name, reading);
      const asset = await reading;
      if (!asset) return false;
      ctx.set('Cache-Control', 'public, max-age=3600');
      ctx.type = asset.type;
      ctx.body = asset.body;
      return true;
    },
  };
}
