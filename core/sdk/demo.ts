import type { OrganisationRole } from './context.ts';
import type { Context, Contract, Method } from './plugin.ts';

// What a plugin shows itself with. `demo seed` loads the file that `plugin({ demo })` names, and nothing else does. It is
// written against the front doors that people use: routes, and the plugin’s own units of work. So events, read models and
// reminders come about as they always do. Only the clock of each call is another one, because a year has to have passed;
// handlers, jobs and reminders keep the present, and find in the past what they would find after a long absence.

/** Somebody in one of the organisations of the demo. */
export type DemoPerson = {
  person: string;
  name: string;
  organisation: string;
  role: OrganisationRole;
  zone: string;
  locale: string;
};

export type DemoOrganisation = {
  id: string;
  name: string;
  /** What they do, so that texts fit. */
  trade: 'upholstery' | 'boats' | 'ceramics';
  /** The owner comes first. */
  people: readonly DemoPerson[];
};

export type DemoRequest = { method: Method; path: string; query?: Record<string, string>; body?: unknown };

export type DemoWorld<C extends Contract = Contract> = {
  /** The moment of seeding. What the demo tells lies around it. */
  now: Temporal.Instant;
  organisations: readonly DemoOrganisation[];
  /** From 0 up to 1, in the same order at each seeding. */
  random(): number;
  /** Asks a route, below /api, as somebody and at a time; gives its answer. Throws the problem when it is refused. */
  ask<Answer>(who: DemoPerson, at: Temporal.Instant, request: DemoRequest): Promise<Answer>;
  /** What the plugin does by itself, as its events and jobs do. */
  work<Result>(
    organisation: string,
    at: Temporal.Instant,
    work: (context: Context<C>) => Promise<Result>,
  ): Promise<Result>;
  /** Whether a plugin is on: some have nothing to tell without another. */
  isOn(plugin: string): boolean;
};

/** How many of what there are now, for the operator: `{ tasks: 2000 }`. */
export type DemoCounts = Record<string, number>;

/** Each step is taken by all plugins before the next one; events are handled before the last. */
export type Demo<C extends Contract = Contract> = {
  /** What people have chosen beforehand. */
  prepare?(world: DemoWorld<C>): Promise<void>;
  /** What happened. */
  tell?(world: DemoWorld<C>): Promise<DemoCounts>;
  /** What people did with what came of it. */
  answer?(world: DemoWorld<C>): Promise<DemoCounts>;
};
