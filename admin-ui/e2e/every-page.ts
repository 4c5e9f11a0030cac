import type { Page, Request } from 'playwright-core';
import { pages } from '../src/pages.ts';
import type { Console } from './console.ts';

// Every page that the console has now, found by itself: those of pages.ts and of all plugins that are on. A path with a
// parameter is filled in by the first link that leads to such a page; `given` is for those that no link leads to.

export type EveryPage = {
  /** Paths of the console, without a slash at their head. */
  paths: readonly string[];
  /** Patterns that nothing led to. */
  unreached: readonly string[];
};

/** Opens a page and waits until it has a heading and all that it asked for is there. */
export async function openPage(page: Page, url: string, path: string): Promise<void> {
  const quiet = whenQuiet(page);
  await page.goto(url + path);
  await page.getByRole('heading').first().waitFor();
  await quiet;
  await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
}

const quietMs = 250;

/** Resolves when nothing is asked of the server any more, the live stream and its worker apart, of whose end a page is not told. */
function whenQuiet(page: Page): Promise<void> {
  const open = new Set<Request>();
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const look = () => {
      clearTimeout(timer);
      if (open.size > 0) return;
      timer = setTimeout(() => {
        for (const [event, listener] of listeners) page.off(event as 'request', listener);
        resolve();
      }, quietMs);
    };
    const began = (request: Request) => {
      if (/\/api\/live|\/live-worker-|^(data|blob):/.test(request.url())) return;
      open.add(request);
      look();
    };
    const ended = (request: Request) => {
      if (open.delete(request)) look();
    };
    const listeners = [
      ['request', began],
      ['requestfinished', ended],
      ['requestfailed', ended],
    ] as const;
    for (const [event, listener] of listeners) page.on(event as 'request', listener);
  });
}

export async function everyPage(desk: Console, given: Readonly<Record<string, string>> = {}): Promise<EveryPage> {
  const page = await desk.window({ viewport: { width: 1440, height: 900 } });
  const patterns = [...pages.map(({ path }) => path), ...(await patternsOfPlugins(page, desk.url))];
  const plain = patterns.filter((pattern) => !pattern.includes(':'));
  const links = new Set<string>();
  const look = async (path: string) => {
    await openPage(page, desk.url, path.slice(1));
    for (const link of await linksOn(page, new URL(desk.url).pathname)) links.add(link);
  };
  for (const path of plain) await look(path);

  const paths = new Set(plain);
  const unreached: string[] = [];
  const visited = new Set<string>();
  for (const pattern of patterns.filter((one) => one.includes(':'))) {
    const fits = new RegExp(`^${pattern.replaceAll(/:[^/]+/g, '[^/]+')}$`);
    const found = [...links].find((link) => fits.test(link) && !paths.has(link)) ?? given[pattern];
    if (found === undefined) unreached.push(pattern);
    else {
      paths.add(found);
      // It may lead on to others.
      if (!visited.has(found)) await look(found);
      visited.add(found);
    }
  }
  await page.close();
  return { paths: [...paths].map((path) => path.slice(1)), unreached };
}

/** The pages that the modules of plugins name, asked of the modules themselves. */
async function patternsOfPlugins(page: Page, url: string): Promise<string[]> {
  await page.goto(url);
  await page.getByRole('heading').first().waitFor();
  return page.evaluate(async () => {
    const answer = await fetch(new URL('api/console/screens', document.baseURI));
    const { items } = (await answer.json()) as { items: { entry: string }[] };
    const modules = await Promise.all(
      items.map(
        ({ entry }) =>
          import(new URL(entry.slice(1), document.baseURI).href) as Promise<{
            default: { pages: { path: string }[] };
          }>,
      ),
    );
    return modules.flatMap((module) => module.default.pages.map(({ path }) => path));
  });
}

const linksOn = (page: Page, base: string): Promise<string[]> =>
  page.evaluate(
    (basePath) =>
      [...document.querySelectorAll<HTMLAnchorElement>('a[href]')]
        .filter((link) => link.origin === location.origin && link.pathname.startsWith(basePath))
        .map((link) => `/${link.pathname.slice(basePath.length)}`),
    base,
  );
