import { createContext, use, useMemo } from 'react';
import { makeStore, useStore } from '../store.ts';
import { addressOf, pathOf } from './address.ts';
import type { Params } from './match.ts';

export type Place = { path: string; query: URLSearchParams };

const place = makeStore(currentHref());
const hrefChanged = () => place.set(currentHref());

function currentHref(): string {
  return typeof location === 'undefined' ? '/' : location.pathname + location.search;
}

if (typeof addEventListener === 'function') addEventListener('popstate', hrefChanged);

/** Where the person is now. */
export function usePlace(): Place {
  const href = useStore(place);
  return useMemo(() => {
    const [pathname = '/', search = ''] = href.split('?');
    return { path: pathOf(pathname), query: new URLSearchParams(search) };
  }, [href]);
}

/** Goes to a path of the console, `/tasks?status=open`. */
export function navigate(to: string, options: { replace?: boolean } = {}): void {
  if (options.replace) history.replaceState(null, '', addressOf(to));
  else history.pushState(null, '', addressOf(to));
  hrefChanged();
}

/** Changes parts of the query and stays on the page; null takes a part away. Not a step for the Back button. */
export function setQuery(changes: Record<string, string | null>): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') query.delete(name);
    else query.set(name, value);
  }
  navigate(pathOf(location.pathname) + (query.size > 0 ? `?${query}` : ''), { replace: true });
}

/** The parameters of the page’s own pattern; the shell sets them. */
export const ParamsContext = createContext<Params>({});

/** A parameter of the page’s path: `useParam('taskId')` on `/tasks/:taskId`. */
export const useParam = (name: string): string | undefined => use(ParamsContext)[name];
