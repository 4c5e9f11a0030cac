import { z } from 'zod';
import type { Contract, Service } from './plugin.ts';

// The point at which the platform asks every plugin what it adds to a person’s agenda. A plugin says in its contract which
// kinds it adds (`agenda: { due: { title: 'Due' } }`) and answers by `plugin.agenda(…)`; the platform puts all of them
// together. It is a service like others, so that it does not matter which process serves the plugin.

/** For whom, and for which days: from the beginning of `firstDay` (`from`) to the end of `lastDay` (`to`) in `zone`. */
export const AgendaQuestion = z.object({
  person: z.uuid(),
  from: z.string(),
  to: z.string(),
  firstDay: z.iso.date(),
  lastDay: z.iso.date(),
  zone: z.string(),
});
export type AgendaQuestion = z.infer<typeof AgendaQuestion>;

export const hues = ['cobalt', 'mustard', 'plum', 'rust', 'slate', 'moss', 'iris', 'stone'] as const;

/** One thing in a day: on a date, or at a time, with an end or without one. */
export const AgendaItem = z.object({
  /** The same whenever it is asked for. */
  id: z.string(),
  /** One of those that the contract names. */
  kind: z.string(),
  title: z.string(),
  /** A day without a time; then the times are null. */
  date: z.iso.date().nullable(),
  startsAt: z.string().nullable(),
  endsAt: z.string().nullable(),
  /** The zone that the times were meant in. */
  zone: z.string().nullable(),
  /** A path of the console. */
  link: z.string().nullable(),
  /** Another one than that of its kind. */
  hue: z.enum(hues).nullable(),
  done: z.boolean(),
});
export type AgendaItem = z.infer<typeof AgendaItem>;

export const agendaService = {
  kind: 'query',
  input: AgendaQuestion,
  output: z.object({ items: z.array(AgendaItem) }),
} satisfies Service;

/** The name of the service by which a plugin answers. */
export const agendaServiceOf = (id: string): string => `${id}.agenda`;

/** What a plugin may call: the services that it names, and those of a point at which it asks everybody. */
export function useOf(caller: Contract, service: string): (Service & { optional?: boolean }) | undefined {
  const isAgenda = caller.asks?.includes('agenda') && service.endsWith('.agenda');
  return caller.uses?.[service] ?? (isAgenda ? agendaService : undefined);
}
