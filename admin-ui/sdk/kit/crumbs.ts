import { makeStore } from '../store.ts';

export type Crumb = { title: string; to?: string };

/** Where the person is, as the top bar says it. */
export const crumbs = makeStore<readonly Crumb[]>([]);
