import type { Actor, Clock, Context, Contract, OpenContext, Plugin, Route } from '@task-connect/sdk';

// What the edge sees of the kernel: an immutable picture of what is switched on, swapped in one assignment.

/** A plugin that serves requests now. */
export type ActivePlugin = {
  readonly id: string;
  readonly plugin: Plugin;
  readonly routes: readonly Route[];
  /** Counts a request as in flight until the function that it returns is called; undefined when it is leaving. */
  enter(): (() => void) | undefined;
  /** Runs `work` in one transaction of this plugin’s database, as `actor`. */
  unitOfWork<T>(scope: WorkScope, work: (context: Context<Contract>) => Promise<T>): Promise<T>;
  /** Runs `work` without one. */
  open<T>(scope: WorkScope, work: (context: OpenContext<Contract>) => Promise<T>): Promise<T>;
  /** Aborted when the plugin leaves: event streams end at once. */
  readonly leaving: AbortSignal;
};

export type Reach = 'member' | 'public' | 'system' | 'operator';

export type WorkScope = {
  actor: Actor;
  reach: Reach;
  requestId: string;
  /** W3C trace context, carried on to events and calls. */
  traceparent: string;
  /** Only reads: commits are not waited for before the answer. */
  readOnly?: boolean;
  /** An Idempotency-Key of the client: a stored answer is given instead of doing the work again. */
  idempotency?: { key: string; fingerprint: string };
  /** Of a public route: the address by which its organisation is found. */
  publicAddress?: string;
  /** Another clock than the platform’s: what the demo tells happened on its own days. */
  clock?: Clock;
  /** What that address stands for. */
  resource?: string;
};

/** One that is wanted and served by other processes: what it declares holds here, too. */
export type PluginElsewhere = { readonly id: string; readonly plugin: Plugin; readonly routes: readonly Route[] };

export type Registry = {
  /** Grows with every change. */
  readonly generation: number;
  readonly active: readonly ActivePlugin[];
  /** None where one process serves all. */
  readonly elsewhere?: readonly PluginElsewhere[];
};

export type PluginPhase = 'off' | 'enabling' | 'on' | 'disabling' | 'failed';

/** All that are on, wherever; in one order in all processes. */
export const pluginsOf = ({ active, elsewhere = [] }: Registry): readonly PluginElsewhere[] =>
  elsewhere.length === 0 ? active : [...active, ...elsewhere].sort((a, b) => (a.id < b.id ? -1 : 1));
